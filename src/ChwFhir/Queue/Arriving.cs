using ChwFhir.Intake;

namespace ChwFhir.Queue;

/// <summary>A note on its way into the store, with what can be said of it before a writer has time for it.</summary>
internal sealed class Arriving(IncomingNote note)
{
    private readonly IReadOnlyList<NoteIssue> _issues = [.. note.Issues.Distinct(), .. Stops(note)];

    public IncomingNote Note => note;

    /// <summary>The column of its issues.</summary>
    public string? Issues { get; } = StagedIssues.Add(StagedIssues.Add(null, StagedIssues.Received, note.Issues), StagedIssues.Tried, Stops(note));

    /// <summary>Of a patient outside the sender's panel it waits for a person.</summary>
    public NoteState State => note.Panel == NotePanel.Outside ? NoteState.NeedsAttention : NoteState.Queued;

    /// <summary>The note as it would be read when it is stored.</summary>
    public StoredNote Taken(long number, long now, IReadOnlyList<MessageRow> messages)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(now);
        var visitTime = DateTimeOffset.FromUnixTimeMilliseconds(note.VisitTime.Milliseconds()).ToOffset(TimeSpan.FromMinutes(note.VisitTime.OffsetMinutes()));
        return new StoredNote(number, note.Ehr, note.Id, note.Kind, note.Patient, note.Author, note.Hash, State, at, at, 0, null, 1, visitTime, [], _issues)
        {
            Messages = messages, SentBy = note.SentBy, Sender = note.Sender, Panel = note.Panel,
        };
    }

    private static NoteIssue[] Stops(IncomingNote note) => note.Panel == NotePanel.Outside ? [Panels.NotInPanel] : [];
}
