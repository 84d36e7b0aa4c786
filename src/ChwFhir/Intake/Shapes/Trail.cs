using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ChwFhir.Intake.Shapes;

/// <summary>Where the reading stands in the document, and what was found so far.</summary>
internal sealed class Trail
{
    /// <summary>A body of a megabyte can hold a hundred thousand faults; nobody reads more than these.</summary>
    private const int MostFaults = 1000;

    private readonly List<NoteFault> faults = [];
    private readonly List<NoteIssue> issues = [];
    private (string? Name, int Index)[] steps = new (string?, int)[16];
    private int depth;
    private JsonElement[] room = new JsonElement[64];
    private int used;

    public IReadOnlyList<NoteFault> Faults => faults;
    public IReadOnlyList<NoteIssue> Issues => issues;

    /// <summary>No further fault would be listed.</summary>
    public bool IsFull => faults.Count >= MostFaults;

    /// <summary>Room for the members of the object that is read next; <see cref="GiveBack"/> ends it. Objects nest, so their rooms lie on a stack.</summary>
    public int TakeRoom(int count)
    {
        var start = used;
        used += count;
        if (used > room.Length)
            Array.Resize(ref room, Math.Max(used, 2 * room.Length));
        return start;
    }

    public ref JsonElement Room(int at) => ref room[at];

    public void GiveBack(int start)
    {
        room.AsSpan(start, used - start).Clear();
        used = start;
    }

    public void Enter(string name) => Push((name, 0));
    public void Enter(int index) => Push((null, index));
    public void Leave() => depth--;

    /// <summary>A fault of the place where the reading stands.</summary>
    public void Fault(string code, string detail)
    {
        if (faults.Count < MostFaults)
            FaultAt(Pointer(), code, detail);
    }

    public void FaultAt(string pointer, string code, string detail)
    {
        if (faults.Count < MostFaults - 1)
            faults.Add(new NoteFault(pointer, code, detail));
        else if (faults.Count == MostFaults - 1)
            faults.Add(new NoteFault("", "more-faults", $"has more than {MostFaults} faults; the rest is not listed"));
    }

    /// <summary>Whether nothing was found wrong at or below a place.</summary>
    public bool IsClean(string pointer) => !faults.Exists(fault => fault.Pointer.StartsWith(pointer, StringComparison.Ordinal));

    public void Warn(string code, string pointer, string detail) => issues.Add(new NoteIssue("warning", code, pointer, detail));

    public void Inform(string code, string pointer, string detail) => issues.Add(new NoteIssue("information", code, pointer, detail));

    /// <summary>JSON Pointer (RFC 6901) of the place where the reading stands.</summary>
    public string Pointer()
    {
        var pointer = new StringBuilder();
        foreach (var (name, index) in steps.AsSpan(0, depth))
            pointer.Append('/').Append(name is null ? index.ToString(CultureInfo.InvariantCulture) : Escape(name));
        return pointer.ToString();
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private void Push((string?, int) step)
    {
        if (depth == steps.Length)
            Array.Resize(ref steps, 2 * depth);
        steps[depth++] = step;
    }
}
