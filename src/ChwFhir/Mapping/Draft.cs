using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

/// <summary>One note on its way to FHIR: what every part of the mapping looks things up in and adds to.</summary>
internal sealed class Draft : FhirDraft
{
    private readonly Dictionary<string, HeldKey> _heldKeys = new(StringComparer.Ordinal);

    internal Draft(VisitNote note, string contentHash, ResolvedNote resolved, MappingOptions options) : base(note.Id, contentHash, resolved, options, note.Programme?.Id)
    {
        Note = note;
        (When, Started) = (FhirTime.Of(note.When), FhirTime.Of(note.Visit.Start));
        foreach (var held in resolved.Held)
            _heldKeys[held.Key] = held;

        Holds = new Holds(this);
        // What to do next has no hold of its own: taken over from words that are held, it stays with them.
        if (Holds.HasYoungWords && note.FollowUp is { FromNarrative: not null } followUp)
            Note = note with { FollowUp = followUp with { Text = null } };
    }

    internal VisitNote Note { get; }

    internal Holds Holds { get; }

    internal string When { get; }

    internal string Started { get; }

    /// <summary>The completed form that all this is of, as it was sent; null for a note, which has its screenings in itself.</summary>
    internal CompletedScreening? Sent { get; init; }

    /// <summary>What the answers to the note's screenings say is missing.</summary>
    internal List<ScreenedNeed> ScreenedNeeds { get; } = [];

    /// <summary>The concerns that were proposed for it.</summary>
    internal List<ProposedConcern> Proposed { get; } = [];

    /// <summary>Issues that speak of red flags, apart from their words.</summary>
    internal List<FlagIssue> Flags { get; } = [];

    internal string? AuthorName => Resolved.AuthorName ?? Note.Author.Name;

    internal ResourceReference Author() => new() { Reference = Resolved.Author ?? Conditional("Practitioner", Note.Author), Display = AuthorName };

    /// <summary>The same, or null where nobody is named: what a patient filled in alone has no author of ours.</summary>
    internal ResourceReference? Signed() => Author() is { } author && (author.Reference ?? author.Display) is not null ? author : null;

    internal HeldKey? HeldBefore(string key) => _heldKeys.GetValueOrDefault(key);
}
