using System.Text.Json.Nodes;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>What a note did not say and FHIR wants all the same, where only the EHR remembers the visits before: it is as the EHR has it. A later word about a goal does not open it again.</summary>
internal static class LeftOut
{
    /// <param name="names">As <see cref="Mapping.MappedResource.LeftOut"/> names them.</param>
    public static Resource Filled(Resource visit, IReadOnlyList<string> names, Resource inEhr)
    {
        if (names.Count == 0 && visit is not CarePlan)
            return visit;
        var (now, then) = (Merge.Json(visit), Merge.Json(inEhr));
        foreach (var name in names.Where(then.ContainsKey))
            Merge.Put(now, then, name);
        foreach (var key in PlanSteps.Keys(now).ToList())
        {
            if ((PlanSteps.Find(now, key)!["detail"], PlanSteps.Find(then, key)?["detail"]) is not (JsonObject step, JsonObject there))
                continue;
            foreach (var name in PlanSteps.ToldOnce.Where(name => !PlanSteps.Tells(PlanSteps.Find(now, key)!, name)))
                Merge.Put(step, there, name);
            if (names.Contains(PlanSteps.Status(key)) && there.ContainsKey("status"))
                Merge.Put(step, there, "status");
        }
        return Merge.Read(now);
    }
}
