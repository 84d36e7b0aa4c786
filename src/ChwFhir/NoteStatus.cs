using System.Text.Json.Serialization;
using ChwFhir.Intake;

namespace ChwFhir;

/// <summary>What became of a note so far, resource by resource: the answer of the public contract.</summary>
public sealed record NoteStatus
{
    public required string Id { get; init; }
    public string Kind { get; init; } = "visit-note";
    /// <summary>Whose note: <c>Patient/…</c>, or null while the EHR has not said who an identifier means.</summary>
    public string? Patient { get; init; }
    /// <summary><c>queued</c>, <c>writing</c>, <c>written</c>, <c>needs-attention</c> or <c>retracted</c>.</summary>
    public required string State { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>Tries that ended with an answer about this note; troubles of the EHR as a whole do not count.</summary>
    public int Attempts { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }
    /// <summary>How many parts the EHR has no word of: the app shows them.</summary>
    public int ShownOnlyInApp { get; init; }
    public IReadOnlyList<ResourceStatus> Resources { get; init; } = [];
    public IReadOnlyList<MessageStatus> Messages { get; init; } = [];
    public IReadOnlyList<NoteSuggestion> Suggestions { get; init; } = [];
    public IReadOnlyList<NoteIssue> Issues { get; init; } = [];
    /// <summary>Which content this is: 1, and one more with each amendment that the service has taken up.</summary>
    public int Version { get; init; } = 1;
    /// <summary>An amendment is on disk and is about to become the content.</summary>
    public bool AmendmentWaits { get; init; }
    /// <summary>Of a note whose patient is none of the sender's: what a supervisor decided, once somebody has.</summary>
    public ReleaseStatus? Release { get; init; }
    /// <summary>Why the note is being taken back, or was: <c>entered-in-error</c>, <c>wrong-patient</c>, or <c>refused</c> by a supervisor.</summary>
    public string? Retraction { get; init; }
    /// <summary>Id under which the note was received anew for the right patient.</summary>
    public string? MovedTo { get; init; }
    /// <summary>What of a note that was retracted, or amended to hold something back, stands in the EHR, cannot be taken out by software, and is the records office's to remove.</summary>
    public IReadOnlyList<RemovalStatus> Removals { get; init; } = [];
    /// <summary>Grows with every change: the ETag.</summary>
    [JsonIgnore]
    public long Revision { get; init; }
    /// <summary>The service's own number of it: for logs and the audit.</summary>
    [JsonIgnore]
    public long Number { get; init; }
}
