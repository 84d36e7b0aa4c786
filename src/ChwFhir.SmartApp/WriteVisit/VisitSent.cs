using ChwFhir.CareTeam;
using ChwFhir.SmartApp.Chart;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>A visit that was sent, with the patient's messages, the latest first.</summary>
/// <param name="FormId">Of the next message, so that it is one however often it is sent.</param>
public sealed record VisitSent(NoteLine Note, IReadOnlyList<MessageView> Messages, string FormId)
{
    public string? Said { get; init; }

    public bool IsTrouble { get; init; }

    /// <summary>What somebody wrote that was not taken.</summary>
    public FormFields Form { get; init; } = FormFields.None;
}
