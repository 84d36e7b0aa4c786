using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>
/// What a note wrote and no longer says: entered in error where it is the note's alone; taken out of what several visits share; left where it is, and
/// said so, where somebody in the EHR has worked on it or the EHR takes no update.
/// </summary>
internal static class TakeBack
{
    private const string Replacement = "replaced by the newer document";

    public static PlanStep Plan(Gone gone, EhrCapabilities capabilities, Known known)
    {
        var step = new PlanStep(gone.Key, gone.Type, PlanVerb.UseExisting, "taken back already")
        {
            Identity = gone.Identity,
            Reference = gone.Reference,
            Version = gone.Known?.Version,
            Amends = true,
        };
        if (gone is { Known: null, IsOfAnother: true })
            return StillCounts(step, "the EHR does not let the service read it");
        if (gone.Known is not { } there)
            return Stays(step, "the EHR does not let the service read it");
        if (gone.IsReplaced)
            return Replaced(step, there, capabilities, known);

        var (wanted, how, stays) = gone is { LongLived: true } ? OfSeveral(there) : OfThisNote(there);
        step = step with { Said = gone.LongLived ? Remembered(there, wanted ?? there.Body) : null };
        if (stays is not null)
            return Stays(step, stays);
        if (wanted is null)
            return step;
        if (known.Refused.TryGetValue(gone.Key, out var refused))
            return Stays(step, refused);
        if (!capabilities.Updates(gone.Type) || there.Version is null)
            return Stays(step, "the EHR takes no update of it");
        return step with { Will = PlanVerb.Update, Why = "the note no longer says it", How = how, Resource = wanted, InEhr = there.Body };
    }

    private static (Resource? Wanted, string How, string? Stays) OfThisNote(KnownResource there)
    {
        var wrong = EnteredInError.Of(there.Body);
        if (there.Body is Provenance)
            return (null, "", null);
        return wrong is null ? (null, "", "there is no way to say that it was entered in error") : (Unless(wrong, there.Body), "entered in error", null);
    }

    private static (Resource? Wanted, string How, string? Stays) OfSeveral(KnownResource there)
    {
        if (there.Said is not { } said)
            return (null, "", "it is not known which of it this note wrote");
        if (there.SaidByOthers is { } others)
        {
            var merge = Merge.Apply(there.Body, said, others);
            return (merge.Changed ? merge.Merged : null, "this note's part taken out", null);
        }
        // Done before, by a write whose answer was lost or never recorded: that is nobody else's change.
        var wrong = EnteredInError.Of(there.Body);
        if (wrong is not null && Unless(wrong, there.Body) is null)
            return (null, "", null);
        if (IsTheirsToo(there.Body, said))
        {
            if (there.Body is not CarePlan)
                return (null, "", "somebody in the EHR has worked on it since");
            var merge = Merge.Apply(there.Body, said, new Said(new CarePlan(), said.Times));
            return (merge.Changed ? Standing(merge.Merged, there.Body) : null, "this note's part taken out", null);
        }
        return (wrong, "entered in error", null);
    }

    // The frame of a plan that others have filled stays theirs.
    private static Resource Standing(Resource merged, Resource before)
    {
        var (plan, was) = ((CarePlan)merged.DeepCopy(), (CarePlan)before);
        (plan.Status, plan.Intent, plan.Title, plan.Subject, plan.Period, plan.Author) = (was.Status, was.Intent, was.Title, was.Subject, was.Period, was.Author);
        plan.Category.Clear();
        plan.Category.AddRange(was.Category);
        return PlanNarrative.IsOurs(was) ? PlanNarrative.Put(plan) : plan;
    }

    private static bool IsTheirsToo(Resource now, Said said)
    {
        var (there, once) = (Merge.Json(now), Merge.Json(said.Seen ?? said.Applied ?? said.Body));
        return there.Select(member => member.Key).Union(once.Select(member => member.Key)).Where(MergeRules.IsContent).Any(name => !Meaning.Same(there[name], once[name]));
    }

    private static PlanStep Replaced(PlanStep step, KnownResource there, EhrCapabilities capabilities, Known known)
    {
        var isOfAnother = Earlier.Is(step.Key);
        var by = isOfAnother ? Replacement : "replaced by the amended note";
        if (Superseded(there.Body) is not { } old)
            return step with { Why = by };
        if (known.Refused.ContainsKey(step.Key) || !capabilities.Updates(step.Type) || there.Version is null)
            return isOfAnother ? StillCounts(step, known.Refused.GetValueOrDefault(step.Key) ?? "the EHR takes no update of it") : step with { Why = by };
        return step with { Will = PlanVerb.Update, Why = by, How = by, Resource = old, InEhr = there.Body };
    }

    // Null: it counts no longer, or was never one that does.
    private static Resource? Superseded(Resource there)
    {
        var old = (Resource)there.DeepCopy();
        switch (old)
        {
            case DocumentReference { Status: not (DocumentReferenceStatus.Superseded or DocumentReferenceStatus.EnteredInError) } document: document.Status = DocumentReferenceStatus.Superseded; break;
            case CarePlan { Status: not (RequestStatus.Revoked or RequestStatus.Completed or RequestStatus.EnteredInError) } plan: plan.Status = RequestStatus.Revoked; break;
            default: return null;
        }
        return old;
    }

    private static PlanStep StillCounts(PlanStep step, string why)
    {
        var stays = $"a newer document replaces it, and it stands in the EHR as if it counted: {why}";
        return step with { Why = stays, Stays = stays };
    }

    private static Said Remembered(KnownResource there, Resource left) =>
        (there.SaidByOthers ?? new Said(left, new Dictionary<string, DateTimeOffset>())) with { Seen = left, Applied = null, Withdrawn = there.SaidByOthers is null, FirstWords = there.SaidByOthers is null ? null : there.Said?.FirstWords };

    private static PlanStep Stays(PlanStep step, string why) => step with { Why = $"the note no longer says it, but it stays in the EHR: {why}", Stays = why, Said = null };

    private static Resource? Unless(Resource wanted, Resource there) => System.Text.Json.Nodes.JsonNode.DeepEquals(Merge.Json(wanted), Merge.Json(there)) ? null : wanted;
}
