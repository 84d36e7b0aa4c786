using System.Collections;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>A fixed value, or one that a value must have at least.</summary>
internal abstract class ValuePattern
{
    public abstract bool Matches(object value);

    /// <summary>What an element definition fixes; null for nothing.</summary>
    public static ValuePattern? Of(ElementDefinition asked) => asked switch
    {
        { Fixed: { } value } => Of(value, isFixed: true),
        { Pattern: { } value } => Of(value, isFixed: false),
        _ => null,
    };

    private static ValuePattern Of(DataType value, bool isFixed)
    {
        if (value is PrimitiveType primitive)
            return new OfText(primitive.ObjectValue is bool flag ? (flag ? "true" : "false") : primitive.ToString() ?? "");

        using var json = JsonDocument.Parse(FhirJson.ToBytes(value));

        return Of(json.RootElement, value.Facts, isFixed);
    }

    /// <param name="isFixed">Nothing else may stand beside it.</param>
    private static ValuePattern Of(JsonElement json, TypeFacts? facts, bool isFixed) => json.ValueKind switch
    {
        JsonValueKind.Object when facts is not null => new OfObject(facts, [.. json.EnumerateObject().Where(member => facts.IndexOf(member.Name) >= 0).Select(member => Part(member, facts, isFixed))], isFixed),
        JsonValueKind.String => new OfText(json.GetString()!),
        _ => new OfText(json.GetRawText()),
    };

    private static (int, ValuePattern) Part(JsonProperty member, TypeFacts facts, bool isFixed)
    {
        var index = facts.IndexOf(member.Name);
        var element = facts.Elements[index];
        var type = element.Shape == ElementShape.Choice ? ChoiceType(member.Name, element) : element.Type;
        var inner = TypeTable.Of(type == "SimpleQuantity" ? "Quantity" : type);

        return (index, member.Value.ValueKind == JsonValueKind.Array
            ? new OfList([.. member.Value.EnumerateArray().Select(item => Of(item, inner, isFixed))], isFixed)
            : Of(member.Value, inner, isFixed));
    }

    private static string ChoiceType(string name, ElementRule element) =>
        element.Types.FirstOrDefault(type => name.AsSpan(element.Name.Length).Equals(type, StringComparison.OrdinalIgnoreCase)) ?? element.Type;

    private sealed class OfText(string text) : ValuePattern
    {
        public override bool Matches(object value) => value switch
        {
            string known => known == text,
            bool known => known == (text == "true"),
            decimal known => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == known,
            byte[] known => Convert.ToBase64String(known) == text,
            PrimitiveType { ObjectValue: { } known } => Matches(known),
            IFormattable known => known.ToString(null, CultureInfo.InvariantCulture) == text,
            _ => false,
        };
    }

    private sealed class OfList(ValuePattern[] items, bool isFixed) : ValuePattern
    {
        public override bool Matches(object value)
        {
            if (value is not IList list || (isFixed && list.Count != items.Length))
                return false;

            foreach (var item in items)
            {
                if (!AnyMatches(item, list))
                    return false;
            }

            return true;
        }

        private static bool AnyMatches(ValuePattern item, IList list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] is { } there && item.Matches(there))
                    return true;
            }

            return false;
        }
    }

    private sealed class OfObject(TypeFacts facts, (int Index, ValuePattern Value)[] members, bool isFixed) : ValuePattern
    {
        public override bool Matches(object value)
        {
            if (value is not Base it || it.Facts != facts)
                return false;

            foreach (var (index, pattern) in members)
            {
                if (it.At(index) is not { } there || !pattern.Matches(there))
                    return false;
            }

            return !isFixed || HasNothingElse(it);
        }

        private bool HasNothingElse(Base it)
        {
            for (var i = 0; i < facts.Elements.Length; i++)
            {
                if (it.At(i) is { } there and not IList { Count: 0 } && !Array.Exists(members, member => member.Index == i))
                    return false;
            }

            return true;
        }
    }
}
