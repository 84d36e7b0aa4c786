using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>That advance care planning was talked about, who was there, which papers exist and where: an Observation in words. Never an order.</summary>
internal static class AdvanceCarePlanningMapping
{
    internal static void Map(Draft draft)
    {
        if (draft.Note.AdvanceCarePlanning is not { } planning)
            return;

        var observation = new Observation
        {
            Meta = Concepts.Profile("us-core-simple-observation", OwnProfiles.AdvanceCarePlanning),
            Status = ObservationStatus.Final,
            Code = Concepts.Text("Advance care planning discussion"),
            Subject = draft.Patient(),
            Encounter = draft.Encounter(),
            Effective = new FhirDateTime(draft.Started),
            Value = new FhirString(Discussed(planning.Discussed)),
        };
        observation.Category.Add(Concepts.Of(Systems.ObservationCategory, "social-history", "Social History"));
        observation.Performer.Add(draft.Author());
        foreach (var document in planning.Documents)
            observation.Component.Add(new Observation.ComponentComponent
            {
                Code = Concepts.Text(CodeTables.Directives[document.Kind].Text),
                Value = new FhirString(Paper(document)),
            });
        foreach (var line in Told(draft, planning).Append(CodeStatusLine(draft.Resolved)))
            observation.Note.Add(Concepts.Note(line));

        draft.Add(draft.TakeKey("advance-care-planning"), observation);
    }

    internal static string Discussed(AcpDiscussed discussed) => discussed switch
    {
        AcpDiscussed.Yes => "Discussed",
        AcpDiscussed.Declined => "Declined to discuss",
        _ => "Not raised",
    };

    internal static string Paper(AdvanceDirective document)
    {
        var status = document.Status switch
        {
            DirectiveStatus.Completed => "completed",
            DirectiveStatus.InProgress => "in progress",
            DirectiveStatus.None => "there is none",
            _ => "not known whether there is one",
        };
        var seen = document.Seen switch { true => "seen by the CHW", false => "told, not seen", null => null };

        return Phrases.Joined(status, seen, document.Date is { } date ? $"dated {date}" : null, document.Where is { } where ? $"kept: {where}" : null, document.Copy is null ? null : "a copy is with this note");
    }

    /// <summary>What was said, as sentences, with the chart's code status behind it.</summary>
    internal static IEnumerable<string> Told(Draft draft, AdvanceCarePlanning planning)
    {
        if (planning.Present.Count > 0)
            yield return $"Present: {string.Join(", ", planning.Present.Select(id => NameOf(draft, id)))}.";
        if (planning.Text is { } text)
            yield return text;
        if (planning.Agent is { } agent)
            yield return $"Health care agent: {Agent(agent)}.";
        if (planning.WantsClinicianConversation)
            yield return "Wants to talk about this with a clinician.";
    }

    /// <summary>Stands behind every wish about treatment, so that nobody takes a wish for an order.</summary>
    internal static string CodeStatusLine(ResolvedNote resolved)
    {
        var status = resolved switch
        {
            { CodeStatus: { } known } => Phrases.Joined(known.Value, known.Date is { } date ? FhirTime.Readable(date) : null),
            { CodeStatusRead: true } => "none found",
            _ => "could not be read",
        };

        return $"The patient's words, not an order. Code status in the chart: {status}.";
    }

    private static string Agent(HealthCareAgent agent) => Phrases.Joined(
        agent.Name, agent.Relationship, agent.Phone, agent.Knows switch { true => "knows about it", false => "does not know about it", null => null });

    private static string NameOf(Draft draft, string id)
    {
        foreach (var participant in draft.Note.Visit.Participants)
        {
            if (participant.Id == id)
                return participant switch
                {
                    { Name: { } name, Relationship: { } relationship } => $"{name} ({relationship})",
                    _ => participant.Name ?? participant.Relationship ?? id,
                };
        }

        return id == "patient" ? "the patient" : id;
    }
}
