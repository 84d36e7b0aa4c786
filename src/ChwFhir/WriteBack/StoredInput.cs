using ChwFhir.Intake;

namespace ChwFhir.WriteBack;

/// <summary>A stored note read again: it was checked when it came in, so only its size and shape at that time count.</summary>
internal static class StoredInput
{
    private static readonly IntakeOptions AsTaken = new() { MaxBytes = 64 * 1024 * 1024, MaxBytesWithAttachments = 64 * 1024 * 1024 };

    /// <summary>Null when a newer version of the service does not read it any more.</summary>
    public static VisitNoteReading.Read? Read(ReadOnlyMemory<byte> input) => VisitNoteReader.Read(input, AsTaken) as VisitNoteReading.Read;
}
