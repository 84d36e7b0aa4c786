using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>A measured number: 0 or more, digits kept.</summary>
internal sealed class NumberKind : Kind<decimal?>
{
    /// <summary>Miles, millimetres of mercury, kilograms: nothing that is measured at a home is larger.</summary>
    private const int Largest = 1_000_000;

    public override decimal? Read(JsonElement value, Trail trail)
    {
        if (value.ValueKind != JsonValueKind.Number && WrongType(value, trail, "a number"))
            return null;
        if (value.TryGetDecimal(out var number) && number is >= 0 and <= Largest)
            return number;

        trail.Fault("out-of-range", $"must be a number from 0 to {Largest}");
        return null;
    }

    public override JsonObject Schema() => new() { ["type"] = "number", ["minimum"] = 0, ["maximum"] = Largest };
}
