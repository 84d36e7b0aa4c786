using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack.Inputs;

/// <summary>What somebody of the care team has filed to the chart.</summary>
internal sealed record TeamNoteInput(VisitNote Said, string ContentHash) : NoteInput(Said, ContentHash)
{
    public override VisitNote? Tells => null;

    protected override string? What => "A note of the care team";

    public override MappedNote Map(ResolvedNote resolved, MappingOptions options, Wanted wanted) => NoteMapper.MapTeamNote(Said, ContentHash, resolved, options, wanted.Encounter);
}
