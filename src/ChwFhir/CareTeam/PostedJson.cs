using ChwFhir.Intake;
using ChwFhir.Intake.Shapes;

namespace ChwFhir.CareTeam;

/// <summary>Reads what callers send about messages as strictly as notes are read: every fault at once.</summary>
internal static class PostedJson
{
    /// <returns>What was read, or the answer that says why not.</returns>
    public static (T? Posted, MessageAnswer? Refusal) Read<T>(ReadOnlyMemory<byte> body, Part<T> shape) where T : class
    {
        using var json = StrictJson.Parse(body, out var fault);
        if (json is null)
            return (null, new MessageAnswer.Unreadable(fault!));

        var trail = new Trail();
        var posted = shape.Read(json.RootElement, trail);
        return trail.Faults.Count > 0 || posted is null ? (null, new MessageAnswer.Invalid(trail.Faults)) : (posted, null);
    }
}
