namespace ChwFhir.Fhir.Model;

public sealed partial class FhirDecimal(decimal? value) : PrimitiveType
{
    public FhirDecimal() : this(null)
    {
    }

    public decimal? Value { get; set; } = value;

    public override object? ObjectValue { get => Value; set => Value = (decimal?)value; }

    public override string TypeName => "decimal";

    internal override DataKind Kind => DataKind.FhirDecimal;

    internal override void ReadValue(ref FhirReader json) => Value = json.Decimal(this, "value");

    private protected override Base New() => new FhirDecimal();

    private protected override void PutValue(Utf8JsonWriter to, JsonEncodedText name)
    {
        if (Value is { } known)
            to.WriteNumber(name, known);
    }

    private protected override void CopyTo(Base copy)
    {
        base.CopyTo(copy);
        ((FhirDecimal)copy).Value = Value;
    }
}
