using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>A stored note as its status in the public contract. Pure.</summary>
internal static class NoteReport
{
    /// <param name="phone">The clinic's, for an urgent message that nobody is told of.</param>
    public static NoteStatus Of(StoredNote note, string? phone = null)
    {
        return new NoteStatus
        {
            Id = note.Id,
            Kind = note.Kind,
            Patient = note.Patient.StartsWith("Patient/", StringComparison.Ordinal) ? note.Patient : null,
            State = Words.Of(note.State),
            ReceivedAt = note.ReceivedAt,
            UpdatedAt = note.UpdatedAt,
            Attempts = note.Attempts,
            NextAttemptAt = note.NextAttemptAt,
            ShownOnlyInApp = note.Resources.Count(row => row.State == ResourceState.Kept),
            Resources = [.. note.Resources.Select(row => new ResourceStatus(row.Key, row.Type, Words.Of(row.State), row.Reference, row.Version, row.How))],
            Messages = [.. note.Messages.Select(message => new MessageStatus(message.Key, Words.Of(message.Reach), message.By, message.At, IsToldToNobody(message) ? phone : null) { Held = message.Held })],
            Issues = note.Issues,
            Release = note.PanelDecision is { } decided ? new ReleaseStatus(Words.Of(note.Panel), decided.By, decided.At, decided.Reason) : null,
            Version = note.Version,
            AmendmentWaits = note is { IsAmended: true, Retraction: null },
            Retraction = note.Retraction?.Reason,
            MovedTo = note.Retraction?.MovedTo,
            Revision = note.Revision,
            Number = note.Number,
        };
    }

    /// <summary>For whoever may know only how far it is: nothing that came back from the EHR, and nothing of what others did with it.</summary>
    public static NoteStatus Reduced(NoteStatus status) => status with
    {
        Resources = [],
        ShownOnlyInApp = 0,
        Messages = [.. status.Messages.Select(message => message with { By = null, At = null })],
        Removals = [],
        Issues = [.. status.Issues.Where(issue => SafeToSay.Contains(issue.Code))],
    };

    // What the service itself says of the receipt; other issues may repeat what the chart says.
    private static readonly HashSet<string> SafeToSay = ["not-in-panel", "not-yet-checked", "patient-uncompared", "kept-in-text", "red-flag", "possible-red-flag", "nobody-told"];

    private static bool IsToldToNobody(MessageRow message) => message is { Notified: false, Urgency: not "routine", Reach: < MessageReach.Opened };
}
