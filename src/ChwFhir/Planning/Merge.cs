using System.Text.Json.Nodes;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>
/// Brings what the visits say into what the EHR holds: three ways. What the EHR's people changed since we last wrote or read it stays; what the visits
/// changed is applied; where both changed one element the EHR's stays, and the clash is told. What neither of us knows (extensions, remarks,
/// activities of others) comes out as it went in.
/// </summary>
public static class Merge
{
    private const string InClinicians = "In a clinician's words: ";

    /// <summary>A further visit speaks.</summary>
    /// <param name="leftOut"><see cref="Mapping.MappedResource.LeftOut"/></param>
    public static MergeResult Apply(Resource inEhr, Resource visit, Said? before, DateTimeOffset visitTime, IReadOnlyList<string>? leftOut = null)
    {
        var (after, older) = Saying.Add(before, visit, visitTime, leftOut ?? []);
        return Apply(inEhr, before, after) with { Older = older };
    }

    /// <summary>What the visits said before becomes what they say now, also where that is less.</summary>
    /// <param name="before">Null when only the EHR remembers: then nothing is taken for somebody else's change, and nothing is taken out.</param>
    public static MergeResult Apply(Resource inEhr, Said? before, Said after)
    {
        var now = Json(inEhr);
        var work = new ThreeWay(inEhr.TypeName, now, before?.Seen is { } seen ? Json(seen) : null, (before?.Applied ?? before?.Body) is { } said ? Json(said) : null, Json(after.Body));
        work.Apply();

        var changed = !JsonNode.DeepEquals(now, Json(inEhr));
        // A narrative that software made of the earlier content would now tell half of it.
        if (changed && (now["text"] is null || (string?)now["text"]?["status"] == "generated"))
        {
            now.Remove("text");
            if (inEhr is CarePlan)
                PlanNarrative.Put(now);
        }
        if (changed && inEhr.TypeName == "Encounter")
            TheVisit.Claim(now);
        if (changed && inEhr.TypeName == "Task")
            TheTask.Settle(now);
        return new MergeResult(changed ? Read(now) : inEhr, changed, after, [], work.Clashes, work.Reworded);
    }

    internal static JsonObject Json(Resource resource) => JsonNode.Parse(FhirJson.ToBytes(resource))!.AsObject();

    internal static Resource Read(JsonObject json) => FhirJson.Parse<Resource>(json.ToJsonString());

    internal static bool IsPatients(JsonObject? goal) => ((string?)goal?["expressedBy"]?["reference"])?.Contains("Patient/", StringComparison.Ordinal) is true;

    /// <summary>The element, all its types and the extras of its primitives, as another resource has it.</summary>
    internal static void Put(JsonObject into, JsonObject from, string stem)
    {
        foreach (var name in into.Select(member => member.Key).Where(name => MergeRules.IsOf(name, stem)).ToList())
            into.Remove(name);
        foreach (var (name, value) in from.Where(member => MergeRules.IsOf(member.Key, stem)).ToList())
            into[name] = value?.DeepClone();
    }

    internal static void Append(JsonObject into, string name, JsonNode item)
    {
        if (into[name] is JsonArray list)
            list.Add(item.DeepClone());
        else
            into[name] = new JsonArray(item.DeepClone());
    }

    /// <summary>Another's wording of a goal, beside the patient's.</summary>
    internal static void Beside(JsonObject goal, string words, bool isClinicians)
    {
        var theirs = isClinicians ? InClinicians + words : words;
        if (!Meaning.List(goal, "note").Any(note => (string?)note?["text"] is { } text && (text == theirs || text == words)))
            Append(goal, "note", new JsonObject { ["text"] = theirs });
    }
}
