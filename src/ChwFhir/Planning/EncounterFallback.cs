using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Planning;

/// <summary>Where the EHR takes no new encounter, the visit attaches to the one of its own that it can only be.</summary>
internal static class EncounterFallback
{
    /// <summary>The step for the encounter: an existing one, else the visit header of the document.</summary>
    public static PlanStep Plan(MappedResource encounter, Known known, string whyNot)
    {
        var home = known.Encounters.Where(candidate => candidate.IsHomeVisit).ToList();
        if (home is [var only])
            return Existing(only.Reference, "the EHR's own encounter of this visit", encounter);

        return FoldIntoDocument.Plan(encounter, home.Count > 1 ? $"{whyNot}, and several encounters may be this visit" : whyNot);
    }

    public static PlanStep Existing(string reference, string why, MappedResource? encounter = null) =>
        new(Planner.EncounterKey, "Encounter", PlanVerb.UseExisting, why)
        {
            Identity = encounter is null ? null : Identities.Text(encounter.Identity),
            FullUrl = encounter?.FullUrl,
            Reference = reference,
        };

    /// <summary>A server that files no note without an encounter: a person chooses.</summary>
    public static NoteIssue Missing(Known known) => new("error", "encounter-needed", "/visit/encounter", known.Encounters.Count == 0
        ? "the EHR files no note without an encounter of its own, and none of this patient's is near the visit"
        : $"the EHR files no note without an encounter of its own; which of these is the visit: {string.Join(", ", known.Encounters.Select(candidate => candidate.Reference))}");
}
