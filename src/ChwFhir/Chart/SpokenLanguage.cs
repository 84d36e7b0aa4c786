namespace ChwFhir.Chart;


/// <param name="Tag">BCP 47, where it is coded.</param>
/// <param name="Text">As the chart says it.</param>
public sealed record SpokenLanguage(string? Tag, string? Text, bool Preferred);
