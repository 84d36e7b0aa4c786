namespace ChwFhir.Fhir.Model;

public sealed partial class Base64Binary(byte[]? value) : PrimitiveType
{
    public Base64Binary() : this(null)
    {
    }

    public byte[]? Value { get; set; } = value;

    public override object? ObjectValue { get => Value; set => Value = (byte[]?)value; }

    public override string TypeName => "base64Binary";
}
