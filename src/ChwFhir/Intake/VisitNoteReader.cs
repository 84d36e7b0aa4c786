using System.Text.Json;
using ChwFhir.Intake.Parts;
using ChwFhir.Intake.Rules;
using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake;

/// <summary>Reads visit notes, strictly: a note is taken whole or every fault of it is named.</summary>
public static class VisitNoteReader
{
    /// <summary>Reads a note from the bytes of its JSON. Never throws for what the bytes say.</summary>
    /// <param name="receivedAt">When the note came in; lets the reader notice visits that lie in the future.</param>
    public static VisitNoteReading Read(ReadOnlyMemory<byte> utf8, IntakeOptions options, DateTimeOffset? receivedAt = null)
    {
        if (utf8.Length > options.MaxBytesWithAttachments)
            return new VisitNoteReading.TooLarge(options.MaxBytesWithAttachments);

        using var json = StrictJson.Parse(utf8, out var fault);
        if (utf8.Length > options.MaxBytes && !HasAttachments(json))
            return new VisitNoteReading.TooLarge(options.MaxBytes);
        if (json is null)
            return new VisitNoteReading.Unreadable(fault!);

        var trail = new Trail();
        var note = VisitNotePart.Shape.Read(json.RootElement, trail);
        if (note is not null && !trail.IsFull)
            NoteRules.Check(note, json.RootElement, options, receivedAt, trail);
        if (trail.Faults.Count > 0 || note is null)
            return new VisitNoteReading.Invalid(trail.Faults);

        return new VisitNoteReading.Read(note, trail.Issues, CanonicalJson.HashOf(json.RootElement));
    }

    private static bool HasAttachments(JsonDocument? json) =>
        json?.RootElement is { ValueKind: JsonValueKind.Object } root
        && root.TryGetProperty("attachments", out var attachments)
        && attachments.ValueKind == JsonValueKind.Array && attachments.GetArrayLength() > 0;
}
