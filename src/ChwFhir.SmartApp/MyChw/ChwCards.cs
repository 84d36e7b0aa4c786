namespace ChwFhir.SmartApp.MyChw;

/// <summary>The CHWs of a patient: who came last, first.</summary>
/// <param name="ChartIsSilent">What only the chart could say may be missing.</param>
public sealed record ChwCards(IReadOnlyList<ChwCard> People, IReadOnlyList<string> Does, IReadOnlyList<string> DoesNot, bool ChartIsSilent);
