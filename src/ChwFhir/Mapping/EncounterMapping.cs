using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

using static Encounter;

/// <summary>The visit itself: Encounter. None when the EHR's own is known, and none at a hospital bedside, where the hospital's is attached to.</summary>
internal static class EncounterMapping
{
    private const string Home = "home";

    internal static void Map(Draft draft)
    {
        var visit = draft.Note.Visit;
        draft.EncounterReference = draft.Resolved.Encounter ?? (visit.Encounter is { } given ? Draft.Conditional("Encounter", given) : null);
        if (draft.EncounterReference is not null)
            return;

        if (CodeTables.VisitKinds[visit.Kind] is not { Class: { } visitClass } kind)
        {
            draft.Inform("encounter-not-created", "/visit/kind", "A visit at a hospital bedside attaches to the hospital's encounter; none is created.");
            return;
        }

        var encounter = new Encounter
        {
            Meta = Concepts.Profile("us-core-encounter", visit.Kind == VisitKind.Home ? OwnProfiles.HomeVisit : OwnProfiles.Visit),
            Status = Status(Outcome(draft)),
            Class = new Coding(Systems.ActCode, visitClass.Code, visitClass.Display),
            Subject = draft.Patient(),
            Period = new Period { Start = draft.Started, End = visit.End is { } end ? FhirTime.Of(end) : null },
            Length = Length(visit),
            ServiceProvider = draft.Organization(),
        };
        encounter.Type.Add(kind.Type is { } type ? Concepts.Of(Systems.Snomed, type.Code!, type.Display, kind.Text) : Concepts.Text(kind.Text));
        AddWhy(draft, encounter);
        AddParticipants(draft, encounter);
        if (visit.Kind == VisitKind.Home)
            AddHome(encounter);

        var mapped = visit.Id is { } id ? draft.AddOfVisit(id, encounter) : draft.Add(draft.TakeKey("encounter"), encounter);
        draft.EncounterReference = mapped.FullUrl;
    }

    /// <summary>Why a visit did not take place, or not to its end; null when there is nothing to say.</summary>
    internal static string? NotAsPlanned(VisitStatus status) => status switch
    {
        VisitStatus.EndedEarly => "The visit ended early.",
        VisitStatus.NotHome => "No visit: nobody was home.",
        VisitStatus.Declined => "No visit: it was declined.",
        VisitStatus.InHospital => "No visit: the patient is in hospital.",
        VisitStatus.Moved => "No visit: the patient has moved.",
        VisitStatus.Unsafe => "No visit: it was not safe.",
        VisitStatus.Died => "No visit: the patient has died.",
        VisitStatus.Cancelled => "No visit: it was cancelled.",
        _ => null,
    };

    // Nobody is visited any more.
    private static VisitStatus Outcome(Draft draft) => draft.Resolved.Deceased && draft.Note.Visit.Status == VisitStatus.Planned ? VisitStatus.Died : draft.Note.Visit.Status;

    private static EncounterStatus Status(VisitStatus status) => status switch
    {
        VisitStatus.Completed or VisitStatus.EndedEarly => EncounterStatus.Finished,
        VisitStatus.Planned => EncounterStatus.Planned,
        _ => EncounterStatus.Cancelled,
    };

    private static Duration? Length(Visit visit)
    {
        if (Status(visit.Status) != EncounterStatus.Finished || visit.End is not { } end || end <= visit.Start)
            return null;

        return new Duration { Value = Math.Floor((decimal)(end - visit.Start).TotalMinutes), Unit = "min", System = Systems.Ucum, Code = "min" };
    }

    private static void AddWhy(Draft draft, Encounter encounter)
    {
        if (NotAsPlanned(Outcome(draft)) is { } reason)
        {
            encounter.Text = Narratives.Of(reason);
            encounter.ReasonCode.Add(Concepts.Text(reason));
        }

        foreach (var concern in draft.Note.Concerns)
        {
            if (concern.About == ConcernAbout.Patient && !draft.Holds.Of(concern))
                encounter.ReasonCode.Add(ConcernMapping.Code(concern));
        }
    }

    private static void AddParticipants(Draft draft, Encounter encounter)
    {
        if (draft.Signed() is { } author)
            encounter.Participant.Add(Participant(Concepts.Of(Systems.ParticipationType, "PPRF", "primary performer", "Community health worker"), author));

        foreach (var participant in draft.Note.Visit.Participants)
        {
            var type = participant.Role == ParticipantRole.Interpreter
                ? Concepts.Of(Systems.ParticipantType, "translator", "Translator", "Interpreter")
                : Concepts.Of(Systems.ParticipationType, "PART", "Participation", participant.Relationship ?? Words.Of(participant.Role));
            encounter.Participant.Add(Participant(type, Individual(draft, participant)));
        }

        if (draft.Note.Visit.Interpreter is { } interpreter)
            encounter.Participant.Add(Participant(
                Concepts.Of(Systems.ParticipantType, "translator", "Translator", Phrases.Joined("Interpreter", interpreter.Language, interpreter.Mode)),
                interpreter.Name is { } name ? new ResourceReference { Display = name } : null));
    }

    private static ParticipantComponent Participant(CodeableConcept type, ResourceReference? individual)
    {
        var participant = new ParticipantComponent { Individual = individual };
        participant.Type.Add(type);

        return participant;
    }

    /// <summary>Only these three types may stand there; anybody else stands by name.</summary>
    private static ResourceReference? Individual(Draft draft, Participant participant)
    {
        if (People.Participant(draft, participant) is { Reference: { } reference } person
            && (reference.StartsWith("urn:", StringComparison.Ordinal) || reference.Contains("Practitioner", StringComparison.Ordinal) || reference.Contains("RelatedPerson/", StringComparison.Ordinal)))
            return person;

        return participant.Name is { } name ? new ResourceReference { Display = name } : null;
    }

    /// <summary>That it was the patient's home, and not where that is.</summary>
    private static void AddHome(Encounter encounter)
    {
        encounter.Contained.Add(new Location { Id = Home, Name = "The patient's home", PhysicalType = Concepts.Of(Systems.LocationPhysicalType, "ho", "House", "The patient's home") });
        encounter.Location.Add(new LocationComponent { Location = new ResourceReference($"#{Home}") });
    }
}
