using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Planning;

/// <summary>A resource that lives across visits and stands in the EHR already: merged and updated there, never made a second time.</summary>
internal static class UpdateInPlace
{
    public static (PlanStep Step, NoteIssue? Issue) Plan(MappedResource mapped, KnownResource known, IReadOnlyList<PlanStep> before, DateTimeOffset visitTime, bool takesUpdates)
    {
        var said = PlacedReferences.Placed(mapped.Resource, urn => before.FirstOrDefault(step => step.FullUrl == urn));
        // What had no place at an earlier visit was referred to by our identifier; now that it has one it must not stand there twice.
        var body = PlacedReferences.Settled(known.Body, before);
        var remembered = known.Said is { } earlier ? earlier with { Body = PlacedReferences.Settled(earlier.Body, before) } : null;
        var merge = Merge.Apply(body, said, remembered, visitTime);
        var step = new PlanStep(mapped.Key, mapped.Resource.TypeName, PlanVerb.Update, "written by an earlier visit; what this one says is added to it")
        {
            Identity = Identities.Text(mapped.Identity),
            FullUrl = mapped.FullUrl,
            Reference = known.Reference,
            Version = known.Version,
            Said = merge.Said,
        };
        var issue = merge.Older.Count == 0 ? null : new NoteIssue("warning", "older-visit", null,
            $"a newer visit has spoken of {mapped.Key} ({string.Join(", ", merge.Older)}); its words stay");

        if (!merge.Changed && (ReferenceEquals(body, known.Body) || !takesUpdates))
            return (step with { Will = PlanVerb.UseExisting, Why = "the EHR's already says all of this" }, issue);
        // Without a version nobody could tell whether a clinician wrote in between.
        if (!takesUpdates || known.Version is null)
            return (step with { Will = PlanVerb.Fold, Why = "the EHR has it from an earlier visit and takes no update; what is new stands in the note" }, issue);
        return (step with { Resource = merge.Merged }, issue);
    }
}
