using System.Diagnostics;
using System.Text.Json;

namespace ChwFhir.Intake.Shapes;

/// <summary>Members that stand in a document; the trail keeps them from <paramref name="room"/> on, in the order in which they are asked for.</summary>
internal sealed class ReadingMembers(IReadOnlyList<string> names, int room, Trail trail) : Members
{
    private int next;

    public override T? Optional<T>(string name, Kind<T> kind) where T : default
    {
        Debug.Assert(names[next] == name, "The members of a part are asked for unconditionally and in order.");
        var value = trail.Room(room + next++);
        if (value.ValueKind == JsonValueKind.Undefined)
            return default;

        trail.Enter(name);
        var read = kind.Read(value, trail);
        trail.Leave();
        return read;
    }

    public override T? Required<T>(string name, Kind<T> kind) where T : default
    {
        if (trail.Room(room + next).ValueKind != JsonValueKind.Undefined)
            return Optional(name, kind);

        next++;
        trail.Enter(name);
        trail.Fault("required", "is required");
        trail.Leave();
        return default;
    }

    public override void AnyOf(params ReadOnlySpan<string> anyOf)
    {
        foreach (var name in anyOf)
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (names[i] == name && trail.Room(room + i).ValueKind != JsonValueKind.Undefined)
                    return;
            }
        }

        trail.Fault("required", $"needs {string.Join(" or ", anyOf!)}");
    }
}
