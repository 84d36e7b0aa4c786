using System.Text.Json.Nodes;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>What an amended note corrects, in a few words for its readers: found by comparing what both editions say as FHIR. Pure.</summary>
internal static class Corrections
{
    // When it was written down is not what it says.
    private static readonly string[] Times = ["sent", "authoredOn", "recordedDate", "lastModified", "issued", "date", "text", "meta"];

    /// <summary>The edition before, and what is different now.</summary>
    /// <param name="isHeldSince">See <see cref="HoldHistory.IsHeldSince"/>: then what is gone has no name.</param>
    public static Correction Of(StoredNote stored, EarlierContent before, MappedNote now, bool isHeldSince)
    {
        var then = (before.Says?.Resources ?? []).ToDictionary(resource => resource.FullUrl, resource => resource.Resource);
        var today = now.Resources.ToDictionary(resource => resource.FullUrl, resource => resource.Resource);
        var held = now.Held.Select(resource => resource.FullUrl).ToHashSet();
        return new Correction(
            NameOf(before.Version.Edition!.Value, stored.Id),
            Words(today.Where(one => !then.ContainsKey(one.Key)).Select(one => one.Value)),
            Words(today.Where(one => then.TryGetValue(one.Key, out var old) && !SaysTheSame(old, one.Value)).Select(one => one.Value)),
            isHeldSince ? [] : Words(then.Where(one => !today.ContainsKey(one.Key) && !held.Contains(one.Key)).Select(one => one.Value)));
    }

    /// <summary>Name of an edition's document, as it stands in its last line.</summary>
    private static string NameOf(int edition, string id) => $"{id}/{DocumentNames.Of(edition)}";

    public static bool SaysTheSame(Resource one, Resource other) => Meaning.Same(Bare(one), Bare(other));

    private static JsonObject Bare(Resource resource)
    {
        var json = Merge.Json(resource);
        foreach (var name in Times)
            json.Remove(name);
        return json;
    }

    private static IReadOnlyList<string> Words(IEnumerable<Resource> resources) => [.. resources.Select(Word).OfType<string>().Distinct()];

    private static string? Word(Resource resource) => resource switch
    {
        Goal goal => $"the goal \"{goal.Description?.Text}\"",
        Condition condition => $"the need \"{condition.Code?.Text}\"",
        ServiceRequest request => $"the referral \"{request.Code?.Text}\"",
        Observation { HasMember.Count: 0 } observation => Name(observation.Code) is { } name ? $"\"{name}\"" : null,
        QuestionnaireResponse => "a screening",
        Communication => "a message",
        CarePlan => "the plan",
        RelatedPerson => "a caregiver",
        Encounter => "the visit",
        _ => null,
    };

    private static string? Name(CodeableConcept? code) => code?.Text ?? code?.Coding.FirstOrDefault()?.Display;
}
