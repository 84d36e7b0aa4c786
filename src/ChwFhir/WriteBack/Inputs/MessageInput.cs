using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack.Inputs;

/// <summary>A CHW's message that came by itself: whoever it is for was told when it came.</summary>
internal sealed record MessageInput(VisitNote Said, string ContentHash) : NoteInput(Said, ContentHash)
{
    public override VisitNote? Tells => null;

    public override MappedNote Map(ResolvedNote resolved, MappingOptions options, Wanted wanted) =>
        NoteMapper.MapMessage(Said, ContentHash, resolved, options, wanted.Document, wanted.Encounter);
}
