using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>An id that a caller gives: it becomes part of identifiers and URLs, where "." and ".." would name another place.</summary>
internal sealed class IdKind : Kind<string>
{
    private const int Longest = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public override string? Read(JsonElement value, Trail trail)
    {
        if (TextKind.Plain(value, trail) is not { } text)
            return null;
        if (text.Length <= Longest && text.AsSpan().IndexOfAnyExcept(Allowed) < 0 && text is not ("." or ".."))
            return text;

        trail.Fault("bad-id", $"must be 1 to {Longest} of A–Z, a–z, 0–9, '.', '_' and '-', and not a step in a path");
        return null;
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = $"^(?!\\.{{1,2}}$)[A-Za-z0-9._-]{{1,{Longest}}}$" };
}
