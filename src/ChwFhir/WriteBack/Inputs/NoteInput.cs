using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack.Inputs;

/// <summary>A visit note; also what else is written down as one.</summary>
internal record NoteInput(VisitNote Said, string ContentHash) : Input(ContentHash)
{
    public override string Id => Said.Id;
    public override NotePatient Patient => Said.Patient;
    public override NoteAuthor? Author => Said.Author;
    public override PersonRef? Encounter => Said.Visit.Encounter;
    public override IReadOnlyList<Participant> Participants => Said.Visit.Participants;
    public override DateTimeOffset VisitTime => Said.Visit.Start;
    public override bool SharesEncounter => Said.Visit.Id is not null;
    public override string? Programme => Said.Programme?.Id;
    public override bool HasWishes => Wishes.AreIn(Said);
    public override VisitNote? Note => Said;
    public override VisitNote? Tells => Said;

    public override Input Chosen(NotePatient? patient, PersonRef? encounter) => this with { Said = Said with { Patient = patient ?? Said.Patient, Visit = Said.Visit with { Encounter = encounter } } };

    public override MappedNote Map(ResolvedNote resolved, MappingOptions options, Wanted wanted) => NoteMapper.Map(Said, ContentHash, resolved, options);

    public override MappedNote Retract(ResolvedNote resolved, MappingOptions options, bool wrongPatient, DateTimeOffset asked, string? encounter) =>
        RetractionMapping.Map(Said, resolved, options, wrongPatient, asked, encounter, What);

    /// <summary>What it is called when it is taken back; null for a CHW's note.</summary>
    protected virtual string? What => null;

    public static InputReading Read(Func<VisitNote, string, NoteInput> into, ReadOnlyMemory<byte> body, IntakeOptions options, DateTimeOffset? receivedAt) => VisitNoteReader.Read(body, options, receivedAt) switch
    {
        VisitNoteReading.Read read => new InputReading.Read(into(read.Note, read.ContentHash), read.Issues),
        VisitNoteReading.Invalid { Faults: var faults } => new InputReading.Invalid(faults),
        VisitNoteReading.Unreadable { Fault: var fault } => new InputReading.Unreadable(fault),
        VisitNoteReading.TooLarge { Limit: var limit } => new InputReading.TooLarge(limit),
        var other => throw new InvalidOperationException($"No reading for {other.GetType().Name}."),
    };
}
