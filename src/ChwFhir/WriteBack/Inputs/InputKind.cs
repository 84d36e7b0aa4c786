using System.Text.Json.Nodes;
using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack.Inputs;

/// <summary>The kinds of input, each with its reader: the one place that knows them all. What an input becomes is its own affair (<see cref="Input.Map"/>).</summary>
public sealed class InputKind
{
    public static readonly InputKind VisitNote = new("visit-note", (body, _, options, receivedAt) => NoteInput.Read((note, hash) => new NoteInput(note, hash), body, options, receivedAt)) { MayBeAmended = true, Moved = (content, id, patient) => (MovedNote.Of(content.Input, id, patient), SentAs.Json) };

    public static readonly InputKind AfterVisitSummary = new("after-visit-summary", (body, sentAs, options, _) => SummaryInput.Read(body, sentAs, options)) { Moved = MovedSummary.Of, NotMoved = MovedSummary.NotCarried };

    internal static readonly InputKind Message = new(MessageNotes.Kind, (body, _, options, receivedAt) => NoteInput.Read((note, hash) => new MessageInput(note, hash), body, options, receivedAt));

    internal static readonly InputKind TeamNote = new(TeamNotes.Kind, (body, _, options, receivedAt) => NoteInput.Read((note, hash) => new TeamNoteInput(note, hash), body, options, receivedAt));

    public static readonly InputKind Screening = new(ScreeningInput.Kind, (body, sentAs, options, _) => ScreeningInput.Read(body, sentAs, options)) { Moved = MovedResponse.Of };

    // It was checked when it came in: only its size and shape at that time count.
    private static readonly IntakeOptions AsTaken = new() { MaxBytes = 64 * 1024 * 1024, MaxBytesWithAttachments = 64 * 1024 * 1024, IsKept = true };

    private static readonly Dictionary<string, InputKind> All = new InputKind[] { VisitNote, AfterVisitSummary, Message, TeamNote, Screening }.ToDictionary(kind => kind.Name);

    private readonly Reader read;

    private InputKind(string name, Reader read) => (Name, this.read) = (name, read);

    internal delegate InputReading Reader(ReadOnlyMemory<byte> body, SentAs sentAs, IntakeOptions options, DateTimeOffset? receivedAt);

    internal delegate (byte[] Body, SentAs SentAs) Mover(NoteContent content, string id, JsonObject rightPatient);

    /// <summary>As it stands in <c>NoteStatus.kind</c> and in the store.</summary>
    public string Name { get; }

    /// <summary>A caller may hand in another content of it (<c>PUT</c>).</summary>
    public bool MayBeAmended { get; private init; }

    /// <summary>The same for another patient, under an id of its own; null for what is not taken back by its caller.</summary>
    internal Mover? Moved { get; private init; }

    /// <summary>What is said of the right patient and cannot stand in the form that was handed in: refused, so that nobody believes in a comparison that does not happen.</summary>
    internal Func<NoteContent, JsonObject, IReadOnlyList<NoteFault>> NotMoved { get; private init; } = (_, _) => [];

    internal static InputKind? Of(string name) => All.GetValueOrDefault(name);

    /// <summary>Reads what was handed in. Never throws for what the bytes say.</summary>
    internal InputReading Read(ReadOnlyMemory<byte> body, SentAs sentAs, IntakeOptions options, DateTimeOffset? receivedAt) => read(body, sentAs, options, receivedAt);

    /// <summary>Reads what is stored; null when this version of the service does not read it, or does not know the kind.</summary>
    internal static Input? Stored(string kind, ReadOnlyMemory<byte> body, SentAs sentAs) =>
        All.TryGetValue(kind, out var known) && known.Read(body, sentAs, AsTaken, null) is InputReading.Read { Input: var input } ? input : null;
}
