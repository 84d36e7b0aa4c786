using ChwFhir.Intake.Narratives;

namespace ChwFhir.Mapping;

/// <summary>What a site decides about the mapping. Plain values: files are read by <see cref="MappingRegistration.AddMapping"/>.</summary>
public sealed record MappingOptions
{
    /// <summary>System of the identifiers that this service gives.</summary>
    public string IdentifierSystem { get; init; } = "urn:chwfhir:note";

    /// <summary>On whose behalf the service acts: a reference (<c>Organization/x</c>) or a name; null when the site did not say.</summary>
    public string? Organization { get; init; }

    /// <summary>The one note type that the site accepts; null lets the kind of visit decide.</summary>
    public NoteType? NoteType { get; init; }

    public RedFlagRules RedFlags { get; init; } = RedFlagRules.Default;

    public HeldItemRules HeldItems { get; init; } = HeldItemRules.Default;

    /// <summary>Which words are headings of a narrative, and which state something.</summary>
    public Lexicon Lexicon { get; init; } = Lexicon.Default;

    /// <summary>How long a reply may take, by urgency.</summary>
    public ReplyDue ReplyDue { get; init; } = new();
}
