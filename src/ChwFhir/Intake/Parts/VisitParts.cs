using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

internal static class VisitParts
{
    private static readonly Part<PersonRef> Encounter = PeopleParts.Ref("Encounter");

    private static readonly ListKind<Participant> Participants = new(new Part<Participant>(participant => new Participant
    {
        Id = participant.Id("id"),
        Name = participant.Text("name"),
        Relationship = participant.Text("relationship"),
        Role = participant.Word("role", ParticipantRole.Other),
        Phone = participant.Text("phone"),
        MayDiscuss = participant.Word<MayDiscuss>("mayDiscuss"),
        LivesHere = participant.YesNo("livesHere"),
        Reference = participant.Optional("reference", Kinds.Reference),
        Identifier = participant.Optional("identifier", PeopleParts.Identifier),
    }));

    private static readonly Part<VisitInterpreter> Interpreter = new(interpreter => new VisitInterpreter
    {
        Language = interpreter.Text("language"),
        Mode = interpreter.Text("mode"),
        Name = interpreter.Text("name"),
    });

    private static readonly Part<Travel> Travel = new(travel => new Travel
    {
        Miles = travel.NotNegative("miles"),
        Minutes = travel.Whole("minutes"),
    });

    public static readonly Part<Visit> Visit = new(visit => new Visit
    {
        Id = visit.Id("id"),
        Kind = visit.Word("kind", VisitKind.Home),
        Status = visit.Word("status", VisitStatus.Completed),
        Start = visit.RequiredTime("start"),
        End = visit.Time("end"),
        Encounter = visit.Optional("encounter", Encounter),
        Participants = visit.List("participants", Participants),
        Interpreter = visit.Optional("interpreter", Interpreter),
        Travel = visit.Optional("travel", Travel),
    });
}
