using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>What was answered: a code or text, a number, several codes or texts, or <c>declined</c>.</summary>
internal sealed class AnswerKind : Kind<AnswerKind.Answer>
{
    private const string Declined = "declined";
    private const int Largest = 1_000_000_000;
    public static readonly AnswerKind One = new();
    private static readonly ListKind<string> Several = new(Kinds.Text, atLeast: 1);

    public override Answer? Read(JsonElement value, Trail trail) => value.ValueKind switch
    {
        JsonValueKind.Number => Number(value, trail),
        JsonValueKind.String => TextKind.Plain(value, trail) is { } text ? Of([text], trail) : null,
        JsonValueKind.Array => Several.Read(value, trail) is { } texts ? Of(texts, trail) : null,
        _ => Wrong(value, trail),
    };

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(
        Kinds.Text.Schema(), new JsonObject { ["type"] = "number", ["minimum"] = -Largest, ["maximum"] = Largest }, Several.Schema()) };

    private static Answer? Of(IReadOnlyList<string> texts, Trail trail)
    {
        if (!texts.Contains(Declined))
            return new Answer(false, texts, null);
        if (texts.Count == 1)
            return new Answer(true, [], null);

        trail.Fault("contradiction", "declined cannot stand beside other answers");
        return null;
    }

    private static Answer? Number(JsonElement value, Trail trail)
    {
        if (value.TryGetDecimal(out var number) && Math.Abs(number) <= Largest)
            return new Answer(false, [], number);

        trail.Fault("out-of-range", "is too large a number");
        return null;
    }

    private static Answer? Wrong(JsonElement value, Trail trail)
    {
        WrongType(value, trail, "a code, a text, a number or an array of codes or texts");
        return null;
    }

    internal sealed record Answer(bool Declined, IReadOnlyList<string> Texts, decimal? Number);
}
