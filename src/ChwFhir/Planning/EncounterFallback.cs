using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Planning;

/// <summary>Where the EHR takes no new encounter, the visit attaches to the one of its own that it can only be.</summary>
internal static class EncounterFallback
{
    private const string Own = "the EHR's own encounter of this visit";

    /// <summary>The step for the encounter: an existing one, else the visit header of the document.</summary>
    public static PlanStep Plan(MappedResource encounter, Known known, string whyNot)
    {
        if (TheOnly(known) is { } only)
            return Existing(only.Reference, Own, encounter);

        return FoldIntoDocument.Plan(encounter, HomeVisits(known).Skip(1).Any() ? $"{whyNot}, and several encounters may be this visit" : whyNot);
    }

    public static PlanStep Existing(string reference, string why, MappedResource? encounter = null) =>
        new(Planner.EncounterKey, "Encounter", PlanVerb.UseExisting, why)
        {
            Identity = encounter is null ? null : Identities.Text(encounter.Identity),
            FullUrl = encounter?.FullUrl,
            Reference = reference,
        };

    /// <summary>Whether the encounter that is used is going on; null when nobody looked.</summary>
    public static bool? IsOpen(PlanStep? encounter, Known known) => encounter switch
    {
        { Will: PlanVerb.UseExisting, Reference: { } reference } when reference == known.Encounter => known.EncounterOpen,
        { Will: PlanVerb.UseExisting, Reference: { } reference } => known.Encounters.FirstOrDefault(candidate => candidate.Reference == reference)?.Open,
        _ => null,
    };

    /// <summary>A server that files no note without an encounter: a person chooses.</summary>
    public static NoteIssue Missing(Known known) => new("error", "encounter-needed", "/visit/encounter", known.Encounters.Count == 0
        ? "the EHR files no note without an encounter of its own, and none of this patient's is near the visit"
        : $"the EHR files no note without an encounter of its own; which of these is the visit: {string.Join("; ", known.Encounters.Select(Shown))}");

    private static string Shown(EncounterCandidate candidate) => candidate.Words is { } words ? $"{candidate.Reference} ({words})" : candidate.Reference;

    private static IEnumerable<EncounterCandidate> HomeVisits(Known known) => known.Encounters.Where(candidate => candidate.IsHomeVisit);

    private static EncounterCandidate? TheOnly(Known known) => HomeVisits(known).Take(2).ToList() is [var only] ? only : null;
}
