using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Search;

namespace ChwFhir.Sandbox.Rules;

/// <summary>What a server says that validates by profiles and was given HL7's alone: whatever claims another is refused.</summary>
internal static class ProfileCheck
{
    public static IEnumerable<JsonObject> Faults(string type, JsonObject resource)
    {
        if (resource["meta"]?["profile"] is not JsonArray profiles)
            yield break;
        for (var i = 0; i < profiles.Count; i++)
            if (profiles[i].String() is { } profile && !profile.StartsWith("http://hl7.org/fhir/", StringComparison.Ordinal))
                yield return Outcome.Issue("error", "processing", $"Profile reference '{profile}' has not been checked because it could not be found.", $"{type}.meta.profile[{i}]");
    }
}
