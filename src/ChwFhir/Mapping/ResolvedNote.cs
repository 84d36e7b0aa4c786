using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>
/// What the EHR and this service's own store were asked for one note, before it is mapped: plain values, stored with the note, so that mapping again gives the same.
/// </summary>
public sealed record ResolvedNote
{
    /// <summary><c>Patient/x</c>; in a preview that could not ask the EHR a conditional reference, <c>Patient?identifier=system|value</c>.</summary>
    public required string Patient { get; init; }

    public string? PatientName { get; init; }

    /// <summary>FHIR date, partial allowed. Decides whether the patient is under 18 at the visit.</summary>
    public string? BirthDate { get; init; }

    public bool Deceased { get; init; }

    /// <summary>The chart is a restricted one.</summary>
    public bool Restricted { get; init; }

    /// <summary>Reference of the author; null means as the note gave it.</summary>
    public string? Author { get; init; }

    public string? AuthorName { get; init; }

    /// <summary>The EHR's own encounter that this visit attaches to, when that is decided: then no Encounter is mapped and references go there.</summary>
    public string? Encounter { get; init; }

    /// <summary>The document of an earlier version of this note, which this one replaces.</summary>
    public string? Replaces { get; init; }

    /// <summary>Documents of the same patient, filed by this service, that the document names as replaced or added to: the one itself, then what has replaced that since.</summary>
    public IReadOnlyList<EarlierDocument> Earlier { get; init; } = [];

    /// <summary>How often the note has gone out with this one; from the second on its document and provenance have names of their own.</summary>
    public int Edition { get; init; } = 1;

    /// <summary>What this edition corrects; null on the first.</summary>
    public Correction? Corrects { get; init; }

    public string? CareTeam { get; init; }

    public IReadOnlyList<TeamMember> Team { get; init; } = [];

    public CodeStatus? CodeStatus { get; init; }

    /// <summary>Whether the chart could be asked for a code status. Asked and null: the chart has none.</summary>
    public bool CodeStatusRead { get; init; }

    /// <summary>The long-lived parts that this service has written for the patient before.</summary>
    public IReadOnlyList<HeldKey> Held { get; init; } = [];

    /// <summary>Concerns that other notes hold back from the chart: a note that only names one, or forgets to hold it again, does not release it.</summary>
    public IReadOnlyList<HeldConcern> HeldConcerns { get; init; } = [];

    /// <summary>Held parts of the note that a clinician or social worker has released: they go the way of every other part.</summary>
    public IReadOnlyList<ReleasedPart> Released { get; init; } = [];

    /// <summary>The last score known of each symptom, by the contract's word (<c>pain</c>).</summary>
    public IReadOnlyDictionary<string, int> LastScores { get; init; } = new Dictionary<string, int>();

    /// <summary>Symptoms that a clinician has said are known, and until when: no alert is raised for them before that day (FHIR date or dateTime).</summary>
    public IReadOnlyDictionary<string, string> KnownUntil { get; init; } = new Dictionary<string, string>();

    /// <summary>When an input that says no time itself came in; null for one that does.</summary>
    public DateTimeOffset? Received { get; init; }

    /// <summary>The EHR has the document already; null where it is to be filed.</summary>
    public DocumentThere? DocumentThere { get; init; }

    /// <summary>The chart's own conditions that an input names, by <c>system|code</c>.</summary>
    public IReadOnlyDictionary<string, string> Conditions { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<NoteIssue> Issues { get; init; } = [];
}
