using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Shapes;
using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping;
using ChwFhir.Mapping.Summaries;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack.Inputs;

/// <summary>An after-visit summary, in whatever form it came.</summary>
/// <param name="Confirmed">A person has confirmed the chart that the caller named.</param>
internal sealed record SummaryInput(AfterVisitSummary Said, string ContentHash, bool Confirmed = false) : Input(ContentHash)
{
    private const string Json = "application/json";

    public override string Id => Said.Id;
    public override PersonIdentifier? Number => Said.Document.Identifier;
    public override string? IdOfMessage => Said.IdOfMessage;
    public override NotePatient? Patient => Said.Patient;
    public override DocumentPatient? Subject => Confirmed ? null : Said.Subject;
    public override NoteAuthor? Author => Said.Authors is [var first, ..] ? new NoteAuthor { Reference = first.Reference, Identifier = first.Identifiers is [var number, ..] ? number : null, Name = first.Name, Phone = first.Phone } : null;
    public override bool IsFromElsewhere => Said.Document.ContentType != Json;
    public override PersonRef? Encounter => Said.Encounter?.Reference is { } reference ? new PersonRef { Reference = reference } : null;
    public override DateTimeOffset VisitTime => Day(Said.Encounter?.Start) ?? Day(Said.Document.Created) ?? DateTimeOffset.UnixEpoch;
    public override bool SaysWhen => CalendarText.TryTime(Said.Document.Created ?? Said.Encounter?.End ?? Said.Encounter?.Start, out _);
    public override bool IsHomeVisit => false;
    public override AfterVisitSummary? Summary => Said;
    public override IssuePlaces Places => IssuePlaces.OfSummary;
    public override IReadOnlyList<Coding> Labels => SummaryDocumentMapping.Labels(Said.Document);

    public override Input Chosen(NotePatient? patient, PersonRef? encounter) => this with
    {
        Said = Said with
        {
            Patient = patient,
            Encounter = encounter?.Reference is { } reference ? (Said.Encounter ?? new SummaryEncounter()) with { Reference = reference } : Said.Encounter,
        },
        // One chart was named, and a person says that it is the right one although it differs: in the same words where the call gave the reference alone. Any other has to be the person of whom the document speaks.
        Confirmed = Said.Patient?.Reference is { } named && patient is { Check: null } && !ReferenceEquals(patient, Said.Patient) && patient.Reference is { } chosen
            && FhirReference.TryParse(named, out var one) && FhirReference.TryParse(chosen, out var other) && one.MayBe(other),
    };

    public override MappedNote Map(ResolvedNote resolved, MappingOptions options, Wanted wanted) => SummaryMapper.Map(Said, ContentHash, resolved, options);

    public override MappedNote Retract(ResolvedNote resolved, MappingOptions options, bool wrongPatient, DateTimeOffset asked, string? encounter) =>
        SummaryMapper.Retract(Said, resolved, options, wrongPatient, asked, encounter);

    public static InputReading Read(ReadOnlyMemory<byte> body, SentAs sentAs, IntakeOptions options) =>
        SummaryReader.Read(new SummaryCall(body, sentAs.ContentType, sentAs.Patient, sentAs.Encounter, sentAs.DocumentId), options) switch
        {
            SummaryReading.Read read => new InputReading.Read(new SummaryInput(read.Summary, read.ContentHash), read.Issues),
            SummaryReading.Invalid { Faults: var faults } => new InputReading.Invalid(faults),
            SummaryReading.Unreadable { Fault: var fault } => new InputReading.Unreadable(fault),
            SummaryReading.TooLarge { Limit: var limit } => new InputReading.TooLarge(limit),
            _ => new InputReading.NotAForm(),
        };

    // A date without a time is that day, wherever it was.
    private static DateTimeOffset? Day(string? time)
    {
        if (time is null)
            return null;
        if (CalendarText.TryTime(time, out var instant))
            return instant;
        return time.Length >= 10 && CalendarText.IsPartialDate(time.AsSpan(0, 10)) ? DateTimeOffset.ParseExact(time[..10], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal) : null;
    }
}
