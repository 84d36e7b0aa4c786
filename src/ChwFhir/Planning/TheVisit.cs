using System.Text.Json.Nodes;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Planning;

/// <summary>
/// An Encounter that more than one note speaks of: a visit at home was planned and became a call, nobody was home and somebody was an hour later.
/// What belongs to the kind of the visit goes with it.
/// </summary>
internal static class TheVisit
{
    private static readonly string[] Reasons = [.. Enum.GetValues<VisitStatus>().Select(EncounterMapping.NotAsPlanned).OfType<string>()];

    private static readonly VisitKindCode Home = CodeTables.VisitKinds[VisitKind.Home];

    /// <param name="sayWhy">Whoever spoke last says why it was not as planned; else nobody does any more.</param>
    public static void Settle(JsonObject said, bool sayWhy)
    {
        Claim(said);
        if (sayWhy || said["reasonCode"] is not JsonArray reasons)
            return;
        reasons.RemoveAll(reason => reason?["coding"] is null && Reasons.Contains((string?)reason?["text"]));
        if (reasons.Count == 0)
            said.Remove("reasonCode");
    }

    /// <summary>Of our two profiles of a visit the one that it keeps to now, where it claims one.</summary>
    public static void Claim(JsonObject encounter)
    {
        if (encounter["meta"]?["profile"] is not JsonArray claims)
            return;
        var now = IsAtHome(encounter) ? OwnProfiles.HomeVisit : OwnProfiles.Visit;
        for (var at = 0; at < claims.Count; at++)
        {
            if ((string?)claims[at] is OwnProfiles.HomeVisit or OwnProfiles.Visit)
                claims[at] = now;
        }
    }

    private static bool IsAtHome(JsonObject encounter) =>
        (string?)encounter["class"]?["code"] == Home.Class!.Code && encounter["location"] is JsonArray { Count: > 0 }
        && Meaning.List(encounter, "type").Any(type => (type?["coding"] as JsonArray ?? []).Any(coding => (string?)coding?["system"] == Systems.Snomed && (string?)coding["code"] == Home.Type!.Code));
}
