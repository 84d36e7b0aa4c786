using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>A stored note as its status in the public contract. Pure.</summary>
internal static class NoteReport
{
    private const string MessagePrefix = "message/";

    /// <param name="messages">Keys of the note's messages while it has not been mapped yet.</param>
    public static NoteStatus Of(StoredNote note, IEnumerable<string> messages)
    {
        var keys = note.Resources.Count == 0 ? messages : note.Resources.Where(row => row is { Type: "Communication" } && row.Key.StartsWith(MessagePrefix, StringComparison.Ordinal)).Select(row => row.Key);
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
            Messages = [.. keys.Select(key => new MessageStatus(key, "waiting"))],
            Issues = note.Issues,
            Revision = note.Revision,
        };
    }

    /// <summary>Each message by its id, else by its place.</summary>
    public static IEnumerable<string> MessagesOf(VisitNote? note) =>
        (note?.Messages ?? []).Select((message, place) => $"{MessagePrefix}{message.Id ?? (place + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}");
}
