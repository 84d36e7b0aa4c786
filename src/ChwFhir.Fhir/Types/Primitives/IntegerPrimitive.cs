namespace ChwFhir.Fhir.Model;

/// <summary>A whole number of 32 bits.</summary>
public abstract partial class IntegerPrimitive : PrimitiveType
{
    private protected IntegerPrimitive(int? value) => Value = value;

    public int? Value { get; set; }

    public override object? ObjectValue { get => Value; set => Value = (int?)value; }

    internal override void ReadValue(ref FhirReader json) => Value = json.Integer(this, "value");

    private protected override void PutValue(Utf8JsonWriter to, JsonEncodedText name)
    {
        if (Value is { } known)
            to.WriteNumber(name, known);
    }

    private protected override void CopyTo(Base copy)
    {
        base.CopyTo(copy);
        ((IntegerPrimitive)copy).Value = Value;
    }
}
