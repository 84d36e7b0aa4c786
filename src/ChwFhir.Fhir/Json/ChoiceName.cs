using System.Numerics;

namespace ChwFhir.Fhir.Model;

/// <summary>The names of a choice element: <c>value</c> with <c>Quantity</c>, <c>String</c>, … behind it, each made once.</summary>
internal sealed class ChoiceName(string prefix)
{
    private readonly JsonEncodedText?[] _names = new JsonEncodedText?[64];

    public JsonEncodedText For(DataType value)
    {
        if (value.Kind == 0)
            throw new InvalidOperationException($"{value.TypeName} cannot stand in {prefix}[x].");

        ref var name = ref _names[BitOperations.TrailingZeroCount((ulong)value.Kind)];

        return name ??= JsonEncodedText.Encode(prefix + char.ToUpperInvariant(value.TypeName[0]) + value.TypeName[1..]);
    }
}
