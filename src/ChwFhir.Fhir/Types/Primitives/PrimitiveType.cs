namespace ChwFhir.Fhir.Model;

/// <summary>A primitive where any type may stand. Elsewhere primitives are plain .NET values.</summary>
public abstract partial class PrimitiveType : DataType
{
    /// <summary>The value, whatever its type; null when only an id or extensions are there.</summary>
    public abstract object? ObjectValue { get; set; }

    public override string? ToString() => ObjectValue is IFormattable value ? value.ToString(null, CultureInfo.InvariantCulture) : ObjectValue?.ToString();
}
