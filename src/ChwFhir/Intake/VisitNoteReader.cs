using System.Text.Json;
using ChwFhir.Intake.Parts;
using ChwFhir.Intake.Rules;
using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake;

/// <summary>Reads visit notes, strictly: a note is taken whole or every fault of it is named.</summary>
public static class VisitNoteReader
{
    /// <summary>Reads a request's body, never more of it than may be taken, and then the note.</summary>
    /// <param name="receivedAt">When the note came in; lets the reader notice visits that lie in the future.</param>
    public static async Task<VisitNoteReading> ReadAsync(Stream body, IntakeOptions options, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var bytes = await CappedBody.ReadAsync(body, options.MaxBytesWithAttachments, cancellationToken).ConfigureAwait(false);
        return bytes is { } whole ? Read(whole, options, receivedAt) : TooLarge(options);
    }

    /// <summary>Reads a note from the bytes of its JSON. Never throws for what the bytes say.</summary>
    public static VisitNoteReading Read(ReadOnlyMemory<byte> utf8, IntakeOptions options, DateTimeOffset? receivedAt = null)
    {
        if (utf8.Length > options.MaxBytesWithAttachments)
            return TooLarge(options);

        using var json = StrictJson.Parse(utf8, out var fault);
        if (utf8.Length > options.MaxBytes && !HasAttachments(json))
            return TooLarge(options);
        if (json is null)
            return new VisitNoteReading.Unreadable(fault!);

        var trail = new Trail();
        var note = VisitNotePart.Shape.Read(json.RootElement, trail);
        if (note is not null)
            NoteRules.Check(note, json.RootElement, options, receivedAt, trail);
        if (trail.Faults.Count > 0 || note is null)
            return new VisitNoteReading.Invalid(trail.Faults);

        var canonical = CanonicalJson.Write(json.RootElement);
        return new VisitNoteReading.Read(note, trail.Issues, canonical, CanonicalJson.Hash(canonical));
    }

    private static bool HasAttachments(JsonDocument? json) =>
        json?.RootElement is { ValueKind: JsonValueKind.Object } root
        && root.TryGetProperty("attachments", out var attachments)
        && attachments.ValueKind == JsonValueKind.Array && attachments.GetArrayLength() > 0;

    private static VisitNoteReading.TooLarge TooLarge(IntakeOptions options) => new(new NoteFault("", "too-large",
        $"is larger than {options.MaxBytes} bytes, or {options.MaxBytesWithAttachments} bytes with attachments"));
}
