using System.Text.Json.Nodes;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>What a note did not say and FHIR wants all the same: where something is there already, it is as that has it. A later word about a goal does not open it again.</summary>
internal static class LeftOut
{
    // Who does a step, and until when: told once, and not at each visit again.
    private static readonly string[] OfSteps = ["performer", "scheduled"];

    /// <param name="names">As <see cref="Mapping.MappedResource.LeftOut"/> names them.</param>
    /// <param name="before">What the visits before said, else what the EHR has.</param>
    public static Resource Filled(Resource visit, IReadOnlyList<string> names, Resource? before)
    {
        if (before is null || (names.Count == 0 && visit is not CarePlan))
            return visit;
        var (now, then) = (Merge.Json(visit), Merge.Json(before));
        foreach (var name in names)
        {
            if (Step(name) is { } key)
                Put(PlanSteps.Find(now, key)?["detail"] as JsonObject, PlanSteps.Find(then, key)?["detail"] as JsonObject, "status");
            else
                Put(now, then, name);
        }
        foreach (var key in PlanSteps.Keys(now).ToList())
        {
            var (step, earlier) = (PlanSteps.Find(now, key)?["detail"] as JsonObject, PlanSteps.Find(then, key)?["detail"] as JsonObject);
            foreach (var name in OfSteps.Where(name => step?.Any(member => MergeRules.IsOf(member.Key, name)) is false))
                Put(step, earlier, name);
        }
        return Merge.Read(now);
    }

    private static string? Step(string name) => name.StartsWith("activity/", StringComparison.Ordinal) ? name["activity/".Length..^"/status".Length] : null;

    private static void Put(JsonObject? into, JsonObject? from, string stem)
    {
        if (into is not null && from?.Any(member => MergeRules.IsOf(member.Key, stem)) is true)
            Merge.Put(into, from, stem);
    }
}
