using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

internal static class ScreeningParts
{
    private static readonly ListKind<ScreeningAnswer> Answers = new(new Part<ScreeningAnswer>(answer =>
    {
        var item = answer.RequiredText("item");
        var given = answer.Required("answer", AnswerKind.One);
        return new ScreeningAnswer { Item = item, Declined = given?.Declined ?? false, Texts = given?.Texts ?? [], Number = given?.Number };
    }));

    public static readonly ListKind<Screening> List = new(new Part<Screening>(screening => new Screening
    {
        Instrument = screening.RequiredWord<Instrument>("instrument"),
        Date = screening.Date("date"),
        AnsweredBy = screening.Word<ReportedBy>("answeredBy"),
        AskedAlone = screening.YesNo("askedAlone"),
        Declined = screening.Flag("declined"),
        Answers = screening.List("answers", Answers),
        Hold = screening.Optional("hold", HoldPart.Shape),
    }));
}
