namespace ChwFhir.Fhir.Model;

/// <summary>A primitive where any type may stand. Elsewhere primitives are plain .NET values.</summary>
public abstract partial class PrimitiveType : DataType
{
    /// <summary>The value, whatever its type; null when only an id or extensions are there.</summary>
    public abstract object? ObjectValue { get; set; }

    public override string? ToString() => ObjectValue is IFormattable value ? value.ToString(null, CultureInfo.InvariantCulture) : ObjectValue?.ToString();

    /// <summary>Writes the value, and its id and extensions beside it.</summary>
    internal void Put(Utf8JsonWriter to, JsonEncodedText name)
    {
        if (Kept?.Original("value", -1, ObjectValue) is { } original)
        {
            to.WritePropertyName(name);
            RawJson.Write(to, original);
        }
        else
        {
            PutValue(to, name);
        }

        if (!HasBeside)
            return;

        to.WritePropertyName("_" + name.Value);
        WriteTo(to);
    }

    /// <summary>Whether an id, extensions or anything else stands beside the value.</summary>
    internal bool HasBeside => ElementId is not null || HasExtensions || Kept is { HasUnknown: true } or { Whole: not null } || Kept?.HasMoreThan("value") == true;

    internal abstract void ReadValue(ref FhirReader json);

    private protected abstract void PutValue(Utf8JsonWriter to, JsonEncodedText name);
}
