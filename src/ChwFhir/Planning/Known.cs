using ChwFhir.Mapping;

namespace ChwFhir.Planning;

/// <summary>What is known of the EHR's side before a note is planned: read once, beside the plan. Keys are those of the note's resources.</summary>
public sealed record Known
{
    public static readonly Known Nothing = new();

    /// <summary>Start of the visit: what long-lived resources are merged by.</summary>
    public DateTimeOffset VisitTime { get; init; }

    /// <summary>Resources of the note that the EHR has from an earlier one: plan, goals, concerns, referrals, caregivers, a planned encounter.</summary>
    public IReadOnlyDictionary<string, KnownResource> LongLived { get; init; } = new Dictionary<string, KnownResource>();

    /// <summary>What the visits said before of long-lived resources that the EHR has no place for.</summary>
    public IReadOnlyDictionary<string, Said> SaidBefore { get; init; } = new Dictionary<string, Said>();

    /// <summary>What the ledger has as written.</summary>
    public IReadOnlyDictionary<string, WrittenResource> Written { get; init; } = new Dictionary<string, WrittenResource>();

    /// <summary>What the EHR said that it has already, without saying where; each with the words for it.</summary>
    public IReadOnlyDictionary<string, string> There { get; init; } = new Dictionary<string, string>();

    /// <summary>Resources of this note of which it cannot be established whether the EHR has them: a person decides, nothing is sent.</summary>
    public IReadOnlySet<string> Open { get; init; } = new HashSet<string>();

    /// <summary>What this EHR refused in this try, with its reason.</summary>
    public IReadOnlyDictionary<string, string> Refused { get; init; } = new Dictionary<string, string>();

    /// <summary>Long-lived resources of which an earlier note's write is neither established nor refuted: a second one is never made.</summary>
    public IReadOnlySet<string> Uncertain { get; init; } = new HashSet<string>();

    /// <summary>What earlier editions of this note wrote, and it no longer says.</summary>
    public IReadOnlyList<Gone> Gone { get; init; } = [];

    /// <summary>The EHR's own encounter that the visit attaches to, when the note or a person said so.</summary>
    public string? Encounter { get; init; }

    /// <summary>The EHR has the document of this input already: it is not filed.</summary>
    public DocumentThere? DocumentThere { get; init; }

    /// <summary>Whether <see cref="Encounter"/> is going on; null when nobody looked.</summary>
    public bool? EncounterOpen { get; init; }

    /// <summary>Encounters of the patient that may be this visit; read where the EHR takes no new ones.</summary>
    public IReadOnlyList<EncounterCandidate> Encounters { get; init; } = [];

    /// <summary>A transaction of this note was refused as a whole: its resources go one by one.</summary>
    public bool OneByOne { get; init; }
}
