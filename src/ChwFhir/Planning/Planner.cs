using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Planning;

/// <summary>
/// What becomes of each resource of a note on this EHR. Pure: the same note, capabilities and knowledge give the same plan.
/// What was learned on the way (a refusal, a conflict) goes into what is known, and the rest is planned anew; what is written never is.
/// </summary>
public static class Planner
{
    public const string DocumentKey = "note";
    public const string EncounterKey = "encounter";

    public static WritePlan Plan(MappedNote mapped, EhrCapabilities capabilities, Known known, PlanningOptions options)
    {
        var document = mapped.Resources.FirstOrDefault(resource => resource.Key == DocumentKey);
        var filed = document is not null && (known.Written.ContainsKey(DocumentKey) || (Refusal(document, capabilities, known) is null));
        List<PlanStep> steps = [];
        List<NoteIssue> issues = [];

        if (known.Encounter is { } own && mapped.Resources.All(resource => resource.Key != EncounterKey))
            steps.Add(EncounterFallback.Existing(own, "the encounter that the note names"));
        foreach (var resource in mapped.Resources)
        {
            var (step, issue) = Decide(resource, StepOf);
            steps.Add(step);
            if (issue is not null)
                issues.Add(issue);
        }
        if (!filed)
            steps = [.. steps.Select(KeepWithService.InsteadOfFolding)];
        steps.AddRange(mapped.Held.Select(held => KeepWithService.Plan(held, KeepWithService.Held)));

        var plan = new WritePlan(steps, [], issues);
        if (capabilities.RequiresEncounter && filed && !known.Written.ContainsKey(DocumentKey) && !steps.Any(step => step is { Key: EncounterKey, Will: not PlanVerb.Fold }))
            return plan with { Blocked = EncounterFallback.Missing(known) };
        return plan with { Groups = Grouping.Of(steps, capabilities, known) };

        PlanStep? StepOf(string urn) => steps.FirstOrDefault(step => step.FullUrl == urn);

        (PlanStep, NoteIssue?) Decide(MappedResource resource, Func<string, PlanStep?> stepOf)
        {
            if (known.Written.TryGetValue(resource.Key, out var written))
                return (Written(resource, written), null);
            if (known.Open.Contains(resource.Key))
                return (Open(resource), null);
            if (known.LongLived.TryGetValue(resource.Key, out var there))
            {
                var update = UpdateInPlace.Plan(resource, there, stepOf, known.VisitTime, capabilities.Updates(resource.Resource.TypeName));
                return known.Refused.TryGetValue(resource.Key, out var refused)
                    ? (update.Step with { Will = PlanVerb.Fold, Why = refused, Resource = null }, update.Issue)
                    : update;
            }
            if (Refusal(resource, capabilities, known) is { } whyNot)
                return (Elsewhere(resource, whyNot, known), null);
            return (Create(resource, capabilities, known, options), null);
        }
    }

    // Null when the EHR may be tried.
    private static string? Refusal(MappedResource resource, EhrCapabilities capabilities, Known known)
    {
        if (known.Refused.TryGetValue(resource.Key, out var reason))
            return reason;
        if (known.Uncertain.Contains(resource.Key))
            return "it is not established whether the EHR has it from an earlier visit, and a second one is never made";
        if (!capabilities.Takes(resource.Resource.TypeName, Interactions.Create))
            return $"EHR does not accept {resource.Resource.TypeName}.create";
        return capabilities.VitalSignsOnly && resource.Resource is Observation observation && !IsVitalSign(observation) ? "EHR accepts no Observation but vital signs" : null;
    }

    private static PlanStep Elsewhere(MappedResource resource, string whyNot, Known known)
    {
        if (resource.Key == EncounterKey)
            return EncounterFallback.Plan(resource, known, whyNot);
        // Bytes have no place in a text: a photograph or a copy of a directive stays with the service.
        if (resource.Resource is DocumentReference)
            return KeepWithService.Plan(resource, whyNot);
        return FoldIntoDocument.Plan(resource, whyNot) with { Said = Remember(resource, known)?.Said };
    }

    private static PlanStep Create(MappedResource resource, EhrCapabilities capabilities, Known known, PlanningOptions options)
    {
        var type = resource.Resource.TypeName;
        var remembered = Remember(resource, known);
        return new PlanStep(resource.Key, type, PlanVerb.Create, resource.LongLived ? "new for this patient" : "new with this note")
        {
            Identity = Identities.Text(resource.Identity),
            FullUrl = resource.FullUrl,
            Resource = remembered?.Merged ?? DraftFiling.Apply(resource.Resource, options),
            IfNoneExist = capabilities.ConditionalCreate(type) ? resource.IfNoneExist : null,
            Said = remembered?.Said,
        };
    }

    // Earlier visits may have spoken of it while the EHR had no place for it.
    private static MergeResult? Remember(MappedResource resource, Known known)
    {
        if (!resource.LongLived)
            return null;

        var before = known.SaidBefore.GetValueOrDefault(resource.Key);
        return Merge.Apply(before?.Body ?? resource.Resource, resource.Resource, before, known.VisitTime);
    }

    private static PlanStep Written(MappedResource resource, WrittenResource written) =>
        new(resource.Key, resource.Resource.TypeName, PlanVerb.Create, written.How)
        {
            Identity = Identities.Text(resource.Identity),
            FullUrl = resource.FullUrl,
            Reference = written.Reference,
            Version = written.Version,
            Done = true,
        };

    private static PlanStep Open(MappedResource resource) =>
        new(resource.Key, resource.Resource.TypeName, PlanVerb.Create, "the answer to its write was lost; a person decides whether it is sent again")
        {
            Identity = Identities.Text(resource.Identity),
            FullUrl = resource.FullUrl,
            Done = true,
        };

    private static bool IsVitalSign(Observation observation) => observation.Category.Any(category => category.Coding.Any(coding => coding.Code == "vital-signs"));
}
