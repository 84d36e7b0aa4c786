namespace ChwFhir.Fhir.Model;

public sealed partial class FhirBoolean(bool? value) : PrimitiveType
{
    public FhirBoolean() : this(null)
    {
    }

    public bool? Value { get; set; } = value;

    public override object? ObjectValue { get => Value; set => Value = (bool?)value; }

    public override string TypeName => "boolean";

    internal override DataKind Kind => DataKind.FhirBoolean;

    internal override void ReadValue(ref FhirReader json) => Value = json.Boolean(this, "value");

    private protected override Base New() => new FhirBoolean();

    private protected override void PutValue(Utf8JsonWriter to, JsonEncodedText name)
    {
        if (Value is { } known)
            to.WriteBoolean(name, known);
    }

    private protected override void CopyTo(Base copy)
    {
        base.CopyTo(copy);
        ((FhirBoolean)copy).Value = Value;
    }
}
