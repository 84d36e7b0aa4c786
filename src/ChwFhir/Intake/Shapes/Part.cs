using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>An object of the note. <paramref name="read"/> asks for every member, unconditionally and in one order; it is asked once without a document to learn their names.</summary>
internal sealed class Part<T>(Func<Members, T> read) : Kind<T> where T : class
{
    private readonly Lazy<Known> known = new(() => new Known(Describe(read)));

    public override T? Read(JsonElement value, Trail trail)
    {
        if (value.ValueKind != JsonValueKind.Object && WrongType(value, trail, "an object"))
            return null;

        var names = known.Value;
        var room = trail.TakeRoom(names.Text.Count);
        HashSet<string>? unknown = null;
        var cursor = 0;
        var count = 0;
        foreach (var member in value.EnumerateObject())
        {
            count++;
            var slot = names.Find(member, cursor);
            if (slot < 0)
            {
                Unknown(member.Name, unknown ??= new HashSet<string>(StringComparer.Ordinal), trail);
                continue;
            }

            cursor = slot + 1;
            ref var found = ref trail.Room(room + slot);
            if (found.ValueKind == JsonValueKind.Undefined)
                found = member.Value;
            else
                FaultOf(names.Text[slot], "duplicate-member", "stands here twice", trail);
        }

        if (count == 0 && names.MayBeEmpty)
            trail.Fault("empty", "is an empty object; leave the member out when there is nothing to say");
        var part = read(new ReadingMembers(names.Text, room, trail));
        trail.GiveBack(room);
        return part;
    }

    public override JsonObject Schema() => Describe(read).Schema();

    private static void Unknown(string name, HashSet<string> before, Trail trail)
    {
        if (before.Add(name))
            FaultOf(name, "unknown-member", "is not a member that is known here", trail);
        else
            FaultOf(name, "duplicate-member", "stands here twice", trail);
    }

    private static void FaultOf(string name, string code, string detail, Trail trail)
    {
        trail.Enter(name);
        trail.Fault(code, detail);
        trail.Leave();
    }

    private static DescribingMembers Describe(Func<Members, T> read)
    {
        var members = new DescribingMembers();
        read(members);
        return members;
    }

    private sealed class Known(DescribingMembers members)
    {
        private readonly byte[][] utf8 = [.. members.Names.Select(Encoding.UTF8.GetBytes)];

        public IReadOnlyList<string> Text { get; } = members.Names;
        public bool MayBeEmpty { get; } = members.MayBeEmpty;

        /// <summary>Writers mostly keep the order of the contract, so the search starts where the last one ended.</summary>
        public int Find(JsonProperty member, int cursor)
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            if (name.Contains((byte)'\\'))
                name = Encoding.UTF8.GetBytes(member.Name);
            for (var i = 0; i < utf8.Length; i++)
            {
                var slot = (cursor + i) % utf8.Length;
                if (name.SequenceEqual(utf8[slot]))
                    return slot;
            }

            return -1;
        }
    }
}
