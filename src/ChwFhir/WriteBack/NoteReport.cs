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
            Messages = [.. note.Messages.Select(message => new MessageStatus(message.Key, Words.Of(message.Reach), message.By, message.At, IsToldToNobody(message) ? phone : null))],
            Issues = note.Issues,
            Version = note.Version,
            AmendmentWaits = note is { IsAmended: true, Retraction: null },
            Retraction = note.Retraction?.Reason,
            MovedTo = note.Retraction?.MovedTo,
            Revision = note.Revision,
            Number = note.Number,
        };
    }

    private static bool IsToldToNobody(MessageRow message) => message is { Notified: false, Urgency: not "routine", Reach: < MessageReach.Opened };
}
