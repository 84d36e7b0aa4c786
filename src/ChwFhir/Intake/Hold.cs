namespace ChwFhir.Intake;

/// <summary>A part that must not reach the chart, the portal or a notification. A CHW's proposal; a clinician or social worker confirms or releases it.</summary>
public sealed record Hold
{
    public required HoldReason Why { get; init; }
    /// <summary>Recipients as in <see cref="NoteMessage.To"/>; empty means the default of the programme (supervisor and social work).</summary>
    public IReadOnlyList<string> For { get; init; } = [];
}
