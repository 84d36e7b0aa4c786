namespace ChwFhir.Fhir.Model;

public sealed partial class Base64Binary(byte[]? value) : PrimitiveType
{
    public Base64Binary() : this(null)
    {
    }

    public byte[]? Value { get; set; } = value;

    public override object? ObjectValue { get => Value; set => Value = (byte[]?)value; }

    public override string TypeName => "base64Binary";

    internal override DataKind Kind => DataKind.Base64Binary;

    internal override void ReadValue(ref FhirReader json) => Value = json.Bytes(this, "value");

    private protected override Base New() => new Base64Binary();

    private protected override void PutValue(Utf8JsonWriter to, JsonEncodedText name)
    {
        if (Value is not null)
            to.WriteBase64String(name, Value);
    }

    private protected override void CopyTo(Base copy)
    {
        base.CopyTo(copy);
        ((Base64Binary)copy).Value = Value;
    }
}
