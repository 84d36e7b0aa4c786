using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack;

/// <summary>A stored input read again. Null when this version of the service does not read it any more.</summary>
internal static class StoredInput
{
    public static Input? Read(NoteContent content) => InputKind.Stored(content.Kind, content.Input, content.SentAs);

    public static Input? Read(EarlierVersion version) => InputKind.Stored(version.Kind, version.Input, version.SentAs);
}
