using System.Text.Json.Nodes;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>
/// Brings what a visit says into what the EHR holds. Element by element the last writer wins, by the time of the visit and not of the receipt:
/// an older visit never replaces a newer one's words, and a visit that only repeats what was said before does not undo what a clinician changed since.
/// Elements that visits do not write (unknown extensions, a clinician's remarks and activities) come out as they went in.
/// </summary>
public static class Merge
{
    public static MergeResult Apply(Resource inEhr, Resource visit, Said? before, DateTimeOffset visitTime)
    {
        var merged = Json(inEhr);
        var work = new MergeWork(merged, Json(visit), before is null ? [] : Json(before.Body), before?.Times ?? new Dictionary<string, DateTimeOffset>(), visitTime);
        var rules = MergeRules.Of(inEhr.TypeName);

        foreach (var name in work.Visit.Select(member => member.Key).ToList())
        {
            if (rules.Newest.Contains(MergeWork.Stem(name, rules.Newest)))
                work.Newest(name, MergeWork.Stem(name, rules.Newest));
            else if (rules.United.Contains(name))
                work.Unite(name);
            else if (rules.Own.Contains(name))
                work.Own(name);
            else if (rules.Added.Contains(name) || name == "identifier")
                work.Add(name);
            else if (inEhr is CarePlan && name == "activity")
                MergeActivities.Apply(work);
            else if (inEhr is Goal && name is ("description" or "expressedBy"))
                MergeWords.Apply(work, name);
            else
                work.Fill(name);
        }

        // A narrative that software made of the earlier content would now tell half of it.
        if ((string?)merged["text"]?["status"] == "generated" && !JsonNode.DeepEquals(merged, Json(inEhr)))
            merged.Remove("text");
        var changed = !JsonNode.DeepEquals(merged, Json(inEhr));
        return new MergeResult(changed ? Read(merged) : inEhr, changed, new Said(Read(work.Said), work.Times) { FirstWords = before?.FirstWords }, work.Older);
    }

    internal static JsonObject Json(Resource resource) => JsonNode.Parse(FhirJson.ToBytes(resource))!.AsObject();

    private static Resource Read(JsonObject json) => FhirJson.Parse<Resource>(json.ToJsonString());
}
