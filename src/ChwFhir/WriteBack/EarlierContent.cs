using ChwFhir.Mapping;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>What a note said before.</summary>
/// <param name="Says">Null where that cannot be told any more.</param>
/// <param name="Corrects">What its document says that it corrects.</param>
internal sealed record EarlierContent(EarlierVersion Version, MappedNote? Says, Correction? Corrects);
