using ChwFhir.CareTeam;
using ChwFhir.SmartApp.Chart;

namespace ChwFhir.SmartApp.Messages;

/// <summary>The messages of one patient, and what became of what was just written.</summary>
/// <param name="Names">What people are called, by their reference.</param>
/// <param name="FormId">Of the next message: sent twice it is one.</param>
/// <param name="ToTeam">Whoever writes is a CHW, and writes to the care team.</param>
public sealed record PatientThread(
    IReadOnlyList<MessageView> Messages, Part<SaidInChart> InChart, IReadOnlyDictionary<string, string> Names, bool MayWrite, bool ToTeam, string FormId, Said? Said)
{
    /// <summary>Cursor of older closed messages; null where there are none.</summary>
    public string? Older { get; init; }

    /// <summary>Closed messages before the latest, alone.</summary>
    public bool IsOlder { get; init; }
}
