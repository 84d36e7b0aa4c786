using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;
using ChwFhir.Intake.Shapes;
using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack.Inputs;

/// <summary>A completed screening: on the way it is a note that has nothing else; only what becomes of it differs.</summary>
internal sealed record ScreeningInput(CompletedScreening Screening, string ContentHash) : NoteInput(Screening.AsNote, ContentHash)
{
    public const string Kind = "questionnaire-response";

    public override PersonIdentifier? Number => Screening.Number;
    public override NoteAuthor? Author => Screening.Author;
    public override bool IsFromElsewhere => !Screening.IsOurForm;
    public override bool SaysWhen => CalendarText.TryTime(Screening.Authored, out _);
    public override bool IsHomeVisit => false;
    public override IssuePlaces Places => IssuePlaces.OfScreening;
    public override IReadOnlyList<Coding> Labels => Said.Labels;

    protected override string? What => "A completed screening";

    public override Input Chosen(NotePatient? patient, PersonRef? encounter) => new ScreeningInput(Screening with { Patient = patient ?? Screening.Patient, Encounter = encounter }, ContentHash);

    public override MappedNote Map(ResolvedNote resolved, MappingOptions options, Wanted wanted) => ScreeningMapper.Map(Screening, ContentHash, resolved, options, wanted.Encounter);

    public static InputReading Read(ReadOnlyMemory<byte> body, SentAs sentAs, IntakeOptions options) =>
        QuestionnaireResponseReader.Read(new SummaryCall(body, sentAs.ContentType, sentAs.Patient, sentAs.Encounter, sentAs.DocumentId), options) switch
        {
            ScreeningReading.Read read => new InputReading.Read(new ScreeningInput(read.Screening, read.ContentHash), read.Issues),
            ScreeningReading.Invalid { Faults: var faults } => new InputReading.Invalid(faults),
            ScreeningReading.Unreadable { Fault: var fault } => new InputReading.Unreadable(fault),
            ScreeningReading.TooLarge { Limit: var limit } => new InputReading.TooLarge(limit),
            var other => throw new InvalidOperationException($"No reading for {other.GetType().Name}."),
        };
}
