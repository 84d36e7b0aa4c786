using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>
/// References between the resources of a note, as they are sent: to what has a place in the EHR, by that place; within one transaction,
/// <c>urn:uuid</c>; to anything else, a logical reference by the service's identifier. None is dropped, none dangles.
/// </summary>
public static class PlacedReferences
{
    private const string Pending = "urn:uuid:";

    /// <summary>The resources of a group's steps as they go out, in their order; the same objects where nothing has to be changed.</summary>
    public static IReadOnlyList<Resource> Outgoing(WriteGroup group, WritePlan plan)
    {
        var together = group.Transaction ? group.Steps.Select(other => other.FullUrl).ToHashSet() : [];
        var steps = plan.Steps.Where(other => other.FullUrl is not null).ToDictionary(other => other.FullUrl!);
        return [.. group.Steps.Select(step => Rewrite(step.Resource!, urn => together.Contains(urn) && steps[urn].Reference is null ? null : Target(urn)))];

        // What no step is called by stands in the EHR's own resource, and stays as it is.
        ResourceReference? Target(string urn) => steps.TryGetValue(urn, out var target) ? PlacedReferences.Target(target) : null;
    }

    /// <summary>The resource as it is remembered: by places as far as there are any, else by identifiers.</summary>
    public static Resource Lasting(Resource resource, WritePlan plan, Func<string, string?> placeOf)
    {
        var steps = plan.Steps.Where(step => step.FullUrl is not null).ToDictionary(step => step.FullUrl!);
        return Rewrite(resource, urn => placeOf(urn) is { } place ? new ResourceReference(place) : steps.TryGetValue(urn, out var step) ? Target(step) : null);
    }

    /// <summary>A resource as it was mapped, with its references as they went out.</summary>
    public static Resource Stored(Resource resource, Func<string, ResourceReference?> placeOf) => Rewrite(resource, placeOf);

    /// <summary>The resource with every reference to a place, or to what gets none; those to what is about to be written stay <c>urn:uuid</c>.</summary>
    public static Resource Placed(Resource resource, Func<string, PlanStep?> stepOf) =>
        Rewrite(resource, urn => stepOf(urn) is { } step && (step.Reference is not null || !step.IsSent) ? Target(step) : null);

    /// <summary>Logical references by our identifiers, to what by now has a place or is about to get one, as that place. The same object when there are none.</summary>
    public static Resource Settled(Resource resource, IEnumerable<PlanStep> steps)
    {
        var placed = steps.Where(step => step is { Identity: not null, FullUrl: not null } && (step.Reference is not null || step.IsSent))
            .GroupBy(step => step.Identity!).ToDictionary(group => group.Key, group => group.First().Reference ?? group.First().FullUrl!);
        if (placed.Count == 0 || !Logical(resource).Any(reference => placed.ContainsKey(Identities.Text(reference.Identifier!))))
            return resource;

        var copy = (Resource)resource.DeepCopy();
        foreach (var reference in Logical(copy).ToList())
            if (placed.TryGetValue(Identities.Text(reference.Identifier!), out var place))
                (reference.Reference, reference.Type, reference.Identifier) = (place, null, null);
        return copy;
    }

    /// <summary>What a resource calls others of its note by that have no place yet: <c>urn:uuid:…</c>.</summary>
    public static IEnumerable<string> Unplaced(Resource resource) => Pointing(resource).Select(reference => reference.Reference!);

    private static ResourceReference Target(PlanStep? step) => step switch
    {
        null => new ResourceReference(),
        { Reference: { } place } => new ResourceReference(place),
        { Identity: { } identity } => new ResourceReference { Type = step.Type, Identifier = Identities.Parse(identity) },
        _ => new ResourceReference(),
    };

    // null leaves the reference as it is; the resource is copied only when something changes.
    private static Resource Rewrite(Resource resource, Func<string, ResourceReference?> targetOf)
    {
        if (!Pointing(resource).Any(reference => targetOf(reference.Reference!) is not null))
            return resource;

        var copy = (Resource)resource.DeepCopy();
        foreach (var reference in Pointing(copy).ToList())
            if (targetOf(reference.Reference!) is { } target)
                (reference.Reference, reference.Type, reference.Identifier) = (target.Reference, target.Type ?? reference.Type, target.Identifier ?? reference.Identifier);
        return copy;
    }

    private static IEnumerable<ResourceReference> Logical(Base element) =>
        All(element).Where(reference => reference is { Reference: null, Identifier: { System: not null, Value: not null } });

    private static List<ResourceReference> All(Base element)
    {
        List<ResourceReference> found = [];
        Collect(element, found);
        return found;
    }

    private static void Collect(Base element, List<ResourceReference> found)
    {
        if (element is ResourceReference reference)
            found.Add(reference);
        foreach (var child in element.Children)
            Collect(child, found);
    }

    private static IEnumerable<ResourceReference> Pointing(Base element) =>
        All(element).Where(reference => reference.Reference?.StartsWith(Pending, StringComparison.Ordinal) is true);
}
