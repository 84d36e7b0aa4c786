namespace ChwFhir.Fhir.Model;

/// <summary>A whole number of 32 bits.</summary>
public abstract partial class IntegerPrimitive : PrimitiveType
{
    private protected IntegerPrimitive(int? value) => Value = value;

    public int? Value { get; set; }

    public override object? ObjectValue { get => Value; set => Value = (int?)value; }
}
