using ChwFhir.Fhir.Model;

namespace ChwFhir.Mapping.Summaries;

using static Encounter;

/// <summary>The visit to the clinic: the EHR's own encounter where it was found, else one that took place and is over.</summary>
internal static class ClinicVisitMapping
{
    private const string Place = "place";

    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["AMB"] = "ambulatory", ["EMER"] = "emergency", ["HH"] = "home health", ["IMP"] = "inpatient encounter", ["ACUTE"] = "inpatient acute", ["NONAC"] = "inpatient non-acute",
        ["OBSENC"] = "observation encounter", ["SS"] = "short stay", ["VR"] = "virtual",
    };

    internal static void Map(SummaryDraft draft)
    {
        var visit = draft.Summary.Encounter;
        draft.EncounterReference = draft.Resolved.Encounter ?? visit?.Reference;
        // Without a day it is no visit that anybody could find again.
        if (draft.EncounterReference is not null || visit?.Start is null)
            return;

        var kind = visit.Codes.FirstOrDefault(code => code.System == Systems.ActCode && code.Code is not null && Classes.ContainsKey(code.Code))?.Code ?? "AMB";
        var encounter = new Encounter
        {
            Meta = Concepts.Profile("us-core-encounter"),
            Status = EncounterStatus.Finished,
            Class = new Coding(Systems.ActCode, kind, Classes[kind]),
            Subject = draft.Patient(),
            Period = new Period { Start = visit.Start, End = visit.End },
            ServiceProvider = draft.Summary.Document.Custodian is { } custodian ? new ResourceReference { Display = custodian } : null,
        };
        var type = Concepts.Text(visit.Type ?? "Visit to a clinic");
        type.Coding.AddRange(visit.Codes.Where(code => code is { System: not null, Code: not null } && code.System != Systems.ActCode).Select(code => new Coding(code.System, code.Code, code.Display)));
        encounter.Type.Add(type);
        if (visit.Reason is { } reason)
            encounter.ReasonCode.Add(Concepts.Text(reason));
        if (draft.Author() is { } author)
            encounter.Participant.Add(Attender(author));
        else if (visit.Provider is { } provider)
            encounter.Participant.Add(Attender(new ResourceReference { Display = provider }));
        if (visit.Location is { } location)
        {
            encounter.Contained.Add(new Location { Id = Place, Name = location });
            encounter.Location.Add(new LocationComponent { Location = new ResourceReference($"#{Place}", location) });
        }

        draft.EncounterReference = draft.Add(draft.TakeKey("encounter"), encounter).FullUrl;
        encounter.Identifier.AddRange(visit.Identifiers.Select(identifier => Concepts.Given(identifier.System, identifier.Value)));
    }

    private static ParticipantComponent Attender(ResourceReference who)
    {
        var participant = new ParticipantComponent { Individual = who };
        participant.Type.Add(Concepts.Of(Systems.ParticipationType, "ATND", "attender"));
        return participant;
    }
}
