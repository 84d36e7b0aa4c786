using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

internal static class ConcernPart
{
    private static readonly Part<PersonRef> Owner = PeopleParts.Ref();

    public static readonly ListKind<Concern> List = new(new Part<Concern>(concern => new Concern
    {
        Id = concern.Id("id"),
        Domain = concern.RequiredWord<ConcernDomain>("domain"),
        Text = concern.Text("text"),
        About = concern.Word("about", ConcernAbout.Patient),
        OkInChart = concern.Flag("okInChart"),
        Priority = concern.Whole("priority", from: 1),
        SaidStatus = concern.Word<ConditionClinical>("status"),
        Owner = concern.Optional("owner", Owner),
        Hold = concern.Optional("hold", HoldPart.Shape),
        FromNarrative = concern.Optional(TakenOverPart.Member, TakenOverPart.Shape),
    }));
}
