using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Planning;

/// <summary>A resource that stands in the EHR already: merged and updated there, never made a second time.</summary>
internal static class UpdateInPlace
{
    public static (PlanStep Step, IReadOnlyList<NoteIssue> Issues) Plan(MappedResource mapped, KnownResource known, IReadOnlyList<PlanStep> before, DateTimeOffset visitTime, bool takesUpdates)
    {
        if (!known.Amends && IsMoreRestricted(mapped.Resource, known.Body))
        {
            return (new PlanStep(mapped.Key, mapped.Resource.TypeName, PlanVerb.UseExisting, "what was handed in is restricted, and the EHR's is not: nothing of it is added there")
            {
                Identity = Identities.Text(mapped.Identity),
                FullUrl = mapped.FullUrl,
                Reference = known.Reference,
                Version = known.Version,
                Said = known.Said,
            }, []);
        }

        var visit = PlacedReferences.Placed(mapped.Resource, urn => before.FirstOrDefault(step => step.FullUrl == urn));
        // What had no place at an earlier visit was referred to by our identifier; now that it has one it must not stand there twice.
        var body = PlacedReferences.Settled(known.Body, before);
        var settled = known with { Body = body, Said = known.Said?.Settled(before), SaidByOthers = known.SaidByOthers?.Settled(before) };
        if (settled is { Said: null, Amends: false })
            visit = LeftOut.Filled(visit, mapped.LeftOut, body);
        var merge = known.Amends ? Amended(settled, visit, visitTime, mapped.LeftOut) : Merge.Apply(body, visit, settled.Said, visitTime, mapped.LeftOut);
        var step = new PlanStep(mapped.Key, mapped.Resource.TypeName, PlanVerb.Update, known.Amends ? "written by an earlier version of this note; what has changed is put there" : "written by an earlier visit; what this one says is added to it")
        {
            Identity = Identities.Text(mapped.Identity),
            FullUrl = mapped.FullUrl,
            Reference = known.Reference,
            Version = known.Version,
            Amends = known.Amends,
            Said = known.Amends && !mapped.LongLived ? null : merge.Said with { Seen = known.Body, Applied = null },
        };
        if (OutOfForce.Why(known) is { } ended)
            return (step with { Will = PlanVerb.Fold, Why = $"{ended}; what the visit says stands in the note", Said = step.Said?.NotApplied(known.Said) }, [MergeIssues.OutOfForce(mapped.Key, ended)]);

        var issues = MergeIssues.Of(mapped.Key, merge, known, visitTime);
        if (!merge.Changed && (ReferenceEquals(body, known.Body) || !takesUpdates))
            return (step with { Will = PlanVerb.UseExisting, Why = "the EHR's already says all of this" }, issues);
        // Without a version nobody could tell whether a clinician wrote in between.
        if (!takesUpdates || known.Version is null)
            return (step with { Will = PlanVerb.Fold, Why = $"the EHR has it from an earlier {(known.Amends ? "version" : "visit")} and takes no update; what is new stands in the note", Said = step.Said?.NotApplied(known.Said) }, issues);
        return (step with { Resource = merge.Merged, InEhr = known.Body, Said = step.Said is { } said ? said with { Seen = merge.Merged, Applied = null } : null }, issues);
    }

    // Whoever reads the EHR's would read what only some may; and to label what all read today is not for us.
    private static bool IsMoreRestricted(Resource ours, Resource theirs) =>
        ours.Meta?.Security.Exists(label => theirs.Meta?.Security.Exists(there => there.System == label.System && there.Code == label.Code) is not true) is true;

    // What this note said before is forgotten first: only the other visits' words stay beside its own.
    private static MergeResult Amended(KnownResource known, Resource visit, DateTimeOffset visitTime, IReadOnlyList<string> leftOut)
    {
        var (after, older) = Saying.Add(known.SaidByOthers, visit, visitTime, leftOut);
        return Merge.Apply(known.Body, known.Said, after with { FirstWords = known.Said?.FirstWords ?? after.FirstWords }) with { Older = older };
    }
}
