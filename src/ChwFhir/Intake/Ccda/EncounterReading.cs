using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda;

/// <summary>The clinic visit, from the header or from the one entry that is it.</summary>
internal static class EncounterReading
{
    public static SummaryEncounter? Encompassing(CdaElement encounter, Times times)
    {
        if (!encounter.Exists)
            return null;
        var facility = encounter["location"]["healthCareFacility"];
        return Read(encounter, times) with
        {
            Location = People.Name(facility["location"]) ?? People.Name(facility["serviceProviderOrganization"]),
            Provider = People.Name(encounter["responsibleParty"]["assignedEntity"]["assignedPerson"]) ?? Attending(encounter),
        };
    }

    /// <summary>An Encounter Activity.</summary>
    public static SummaryEncounter Activity(CdaElement encounter, Times times)
    {
        string? location = null;
        foreach (var participant in encounter.Children("participant"))
            location ??= People.Name(participant["participantRole"]["playingEntity"]);
        return Read(encounter, times) with { Location = location, Provider = People.Name(encounter["performer"]["assignedEntity"]["assignedPerson"]) };
    }

    private static SummaryEncounter Read(CdaElement encounter, Times times)
    {
        var time = encounter["effectiveTime"];
        var code = encounter["code"];
        return new SummaryEncounter
        {
            Identifiers = CodeSystems.Identifiers(encounter),
            Start = times.Fhir(time) ?? times.Fhir(time["low"]),
            End = times.Fhir(time["high"]),
            Type = CleanText.OneLine(code.Attribute("displayName")) ?? code["originalText"].Words ?? CleanText.OneLine(code["translation"].Attribute("displayName")),
            Codes = Codes.All(code),
        };
    }

    private static string? Attending(CdaElement encounter)
    {
        string? anyone = null;
        foreach (var participant in encounter.Children("encounterParticipant"))
        {
            var name = People.Name(participant["assignedEntity"]["assignedPerson"]);
            if (participant.Attribute("typeCode") == "ATND" && name is not null)
                return name;
            anyone ??= name;
        }
        return anyone;
    }
}
