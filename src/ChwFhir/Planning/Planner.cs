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
        var filed = document is not null && (known.Written.ContainsKey(DocumentKey) || known.DocumentThere is not null || Refusal(document, FormOf(document, capabilities, known, []), capabilities, known) is null);
        List<PlanStep> steps = [];
        List<NoteIssue> issues = [];

        if (known.Encounter is { } own && mapped.Resources.All(resource => resource.Key != EncounterKey))
            steps.Add(EncounterFallback.Existing(own, "the encounter that the note names"));
        foreach (var resource in mapped.Resources)
        {
            var (step, told) = Decide(resource);
            steps.Add(step);
            issues.AddRange(told);
        }
        if (!filed)
            steps = [.. steps.Select(KeepWithService.InsteadOfFolding)];
        // What another document replaces counts until that one stands beside it.
        var replaces = filed && !known.Open.Contains(DocumentKey);
        steps.AddRange(known.Gone.Where(gone => !known.Written.ContainsKey(gone.Key) && (replaces || !gone.IsOfAnother)).Select(gone => WithoutOwnProfiles.Kept(TakeBack.Plan(gone, capabilities, known), capabilities.Forms)));
        steps.AddRange(mapped.Held.Select(held => KeepWithService.Plan(held, KeepWithService.Held)));

        var plan = new WritePlan(steps, [], issues);
        if (capabilities.RequiresEncounter && filed && known.DocumentThere is null && !known.Written.ContainsKey(DocumentKey) && !steps.Any(step => step is { Key: EncounterKey, Will: not PlanVerb.Fold }))
            return plan with { Blocked = EncounterFallback.Missing(known) };
        return plan with { Groups = Grouping.Of(steps, capabilities, known) };

        (PlanStep Step, IReadOnlyList<NoteIssue> Issues) Decide(MappedResource resource)
        {
            if (known.Written.TryGetValue(resource.Key, out var written))
                return (Written(resource, written), []);
            if (resource.Key == DocumentKey && known.DocumentThere is { } document)
                return (UseExisting(resource, document), []);
            if (known.There.TryGetValue(resource.Key, out var how))
                return (There(resource, how), []);
            if (known.Open.Contains(resource.Key))
                return (Open(resource), []);
            if (known.LongLived.TryGetValue(resource.Key, out var there))
            {
                var update = UpdateInPlace.Plan(resource, AsSent(resource, there, capabilities, known, steps), steps, known.VisitTime, capabilities.Updates(resource.Resource.TypeName));
                if (update.Step.Resource is { } changed)
                    update.Step = update.Step with { Resource = WithoutOwnProfiles.Kept(OneCoding.Kept(changed, capabilities.Forms), capabilities.Forms) };
                return known.Refused.TryGetValue(resource.Key, out var refused)
                    ? (update.Step with { Will = PlanVerb.Fold, Why = refused, Resource = null, Said = update.Step.Said?.NotApplied(there.Said) }, update.Issues)
                    : update;
            }
            var form = FormOf(resource, capabilities, known, steps);
            if (Refusal(resource, form, capabilities, known) is { } whyNot)
                return (Elsewhere(resource, whyNot, known, steps), []);
            return (Create(resource, form, capabilities, known, steps, options), []);
        }
    }

    // Null when the EHR may be tried.
    private static string? Refusal(MappedResource resource, Form form, EhrCapabilities capabilities, Known known)
    {
        if (known.Refused.TryGetValue(resource.Key, out var reason))
            return reason;
        if (known.Uncertain.Contains(resource.Key))
            return "it is not established whether the EHR has it from an earlier visit, and a second one is never made";
        if (!capabilities.Takes(resource.Resource.TypeName, Interactions.Create))
            return $"EHR does not accept {resource.Resource.TypeName}.create";
        return capabilities.VitalSignsOnly && resource.Resource is Observation observation && !IsVitalSign(observation) ? "EHR accepts no Observation but vital signs" : form.WhyNot;
    }

    private static Form FormOf(MappedResource resource, EhrCapabilities capabilities, Known known, IEnumerable<PlanStep> before)
    {
        var encounter = before.FirstOrDefault(step => step.Key == EncounterKey);
        return Forms.Of(resource.Resource, capabilities.Forms, encounter, EncounterFallback.IsOpen(encounter, known));
    }

    // Where nobody remembers how it came out in the EHR, it did so in the form in which it was sent: that form is no clinician's change.
    private static KnownResource AsSent(MappedResource resource, KnownResource there, EhrCapabilities capabilities, Known known, IEnumerable<PlanStep> before) =>
        there.Said is { Seen: null } said ? there with { Said = said with { Seen = OneCoding.Kept(FormOf(resource with { Resource = said.Applied ?? said.Body }, capabilities, known, before).Resource, capabilities.Forms) } } : there;

    private static PlanStep Elsewhere(MappedResource resource, string whyNot, Known known, IReadOnlyList<PlanStep> before)
    {
        if (resource.Key == EncounterKey)
            return EncounterFallback.Plan(resource, known, whyNot);
        // Bytes have no place in a text: a photograph or a copy of a directive stays with the service.
        if (resource.Resource is DocumentReference)
            return KeepWithService.Plan(resource, whyNot);
        return FoldIntoDocument.Plan(resource, whyNot) with { Said = Remember(resource, known, before)?.Said };
    }

    private static PlanStep Create(MappedResource resource, Form form, EhrCapabilities capabilities, Known known, IReadOnlyList<PlanStep> before, PlanningOptions options)
    {
        var type = resource.Resource.TypeName;
        var remembered = Remember(resource, known, before);
        if (remembered is not null)
            form = FormOf(resource with { Resource = remembered.Value.Whole }, capabilities, known, before);
        var sentAs = form.SentAs.Count == 0 ? null : string.Join(", ", form.SentAs);
        return new PlanStep(resource.Key, type, PlanVerb.Create, Phrases.Joined(resource.LongLived ? "new for this patient" : "new with this note", sentAs is null ? null : $"sent {sentAs}"))
        {
            Identity = Identities.Text(resource.Identity),
            FullUrl = resource.FullUrl,
            Resource = DraftFiling.Apply(form.Resource, options),
            SentAs = sentAs,
            HeldByEhr = capabilities.RequiresEncounter && form.Resource is Condition,
            IfNoneExist = capabilities.ConditionalCreate(type) ? resource.IfNoneExist : null,
            Said = remembered?.Said is { } said ? said with { Seen = form.Resource, Applied = null } : null,
        };
    }

    // Earlier visits may have spoken of it while the EHR had no place for it.
    private static (Resource Whole, Said Said)? Remember(MappedResource resource, Known known, IReadOnlyList<PlanStep> steps)
    {
        if (!resource.LongLived)
            return null;

        // What had no place then is named by our identifier there, and by its place here: it must not stand there twice.
        var visit = PlacedReferences.Placed(resource.Resource, urn => steps.FirstOrDefault(step => step.FullUrl == urn));
        var before = known.SaidBefore.GetValueOrDefault(resource.Key)?.Settled(steps);
        var said = Saying.Add(before, visit, known.VisitTime, resource.LeftOut).Said;
        return (before is null ? visit : said.Body, said);
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

    private static PlanStep UseExisting(MappedResource resource, DocumentThere there) =>
        new(resource.Key, resource.Resource.TypeName, PlanVerb.UseExisting, there.Why)
        {
            Identity = Identities.Text(resource.Identity),
            FullUrl = resource.FullUrl,
            Reference = there.Reference,
        };

    private static PlanStep There(MappedResource resource, string how) =>
        new(resource.Key, resource.Resource.TypeName, PlanVerb.UseExisting, how)
        {
            Identity = Identities.Text(resource.Identity),
            FullUrl = resource.FullUrl,
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
