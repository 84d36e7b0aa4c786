using System.Text.Json;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>A note's resources as its status shows them, at each station of its way. Pure.</summary>
internal static class NoteRows
{
    /// <summary>As mapped: everything waits; what is held back from the chart is kept from the start.</summary>
    public static IReadOnlyList<ResourceRow> Pending(MappedNote mapped) =>
    [
        .. mapped.Resources.Select(one => new ResourceRow(one.Key, one.Resource.TypeName, ResourceState.Pending, null, null, null, Identities.Text(one.Identity))),
        .. mapped.Held.Select(one => new ResourceRow(one.Key, one.Resource.TypeName, ResourceState.Kept, null, null, KeepWithService.Held, Identities.Text(one.Identity))),
    ];

    public static ReadOnlyMemory<byte>? HeldBundle(MappedNote mapped)
    {
        if (mapped.Held.Count == 0)
            return null;

        var bundle = new Bundle { Type = Bundle.BundleType.Collection };
        foreach (var held in mapped.Held)
            bundle.Entry.Add(new Bundle.EntryComponent { FullUrl = held.FullUrl, Resource = held.Resource });
        return FhirJson.ToBytes(bundle);
    }

    /// <summary>As planned: folded and written wait for the EHR, what the EHR has or never gets is said at once.</summary>
    public static IReadOnlyList<ResourceRow> Planned(WritePlan plan) => [.. plan.Steps.Where(step => !step.Done).Select(step => step.Will switch
    {
        PlanVerb.Keep => Row(step, ResourceState.Kept, null),
        PlanVerb.UseExisting when step is { Said: null, Amends: false } => Row(step, ResourceState.Existing, step.Reference),
        _ => Row(step, ResourceState.Pending, null),
    })];

    /// <summary>As it ended: folded into the document that is written, unchanged where the EHR said it all.</summary>
    public static IReadOnlyList<ResourceRow> Final(WritePlan plan, Known known) => [.. plan.Steps.Where(step => !step.Done && step.Will is not (PlanVerb.Create or PlanVerb.Update)).Select(step => step.Will switch
    {
        _ when step is { Amends: true, Reference: not null } => Row(step, ResourceState.Written, step.Reference) with { Version = step.Version },
        PlanVerb.Fold => Row(step, ResourceState.Folded, plan.Document?.Reference),
        PlanVerb.Keep => Row(step, step.Key == Planner.DocumentKey && known.Refused.TryGetValue(step.Key, out var why) && why != NoteDecisions.Closed ? ResourceState.Refused : ResourceState.Kept, null),
        _ when step.Said is null => Row(step, ResourceState.Existing, step.Reference),
        _ => Row(step, ResourceState.Written, step.Reference) with { Version = step.Version, How = "already says all of this" },
    })];

    public static PlanLine Line(PlanStep step) => new(step.Key, step.Type, Words.Of(step.Will), step.Why);

    public static byte[] ToJson(WritePlan plan) => JsonSerializer.SerializeToUtf8Bytes(plan.Steps.Select(Line).ToList());

    public static IReadOnlyList<PlanLine> FromJson(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize<List<PlanLine>>(json.Span)!;

    private static ResourceRow Row(PlanStep step, ResourceState state, string? reference) => new(step.Key, step.Type, state, reference, null, step.Why, step.Identity);
}
