using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>A whole number; <c>8.0</c> is one too, as in JSON Schema.</summary>
internal sealed class WholeKind : Kind<int?>
{
    private static readonly WholeKind FromZero = new(0, int.MaxValue);
    private static readonly WholeKind FromOne = new(1, int.MaxValue);
    private static readonly WholeKind Score = new(0, 10);
    private readonly int from;
    private readonly int to;

    private WholeKind(int from, int to) => (this.from, this.to) = (from, to);

    public static WholeKind Between(int from, int to) => (from, to) switch
    {
        (0, int.MaxValue) => FromZero,
        (1, int.MaxValue) => FromOne,
        (0, 10) => Score,
        _ => new WholeKind(from, to),
    };

    public override int? Read(JsonElement value, Trail trail)
    {
        if (value.ValueKind != JsonValueKind.Number && WrongType(value, trail, "a whole number"))
            return null;
        if (!value.TryGetDecimal(out var number) || number < from || number > to)
            trail.Fault("out-of-range", to == int.MaxValue ? $"must be a whole number, {from} or more" : $"must be a whole number from {from} to {to}");
        else if (decimal.Truncate(number) != number)
            trail.Fault("not-whole", "must be a whole number");
        else
            return (int)number;
        return null;
    }

    public override JsonObject Schema() => new() { ["type"] = "integer", ["minimum"] = from, ["maximum"] = to };
}
