namespace ChwFhir.Fhir.Model;

/// <summary>A primitive that JSON writes as a string and .NET holds as one; dates and dateTimes too, so that a partial one stays what it is.</summary>
public abstract partial class TextPrimitive : PrimitiveType
{
    private protected TextPrimitive(string? value) => Value = value;

    public string? Value { get; set; }

    public override object? ObjectValue { get => Value; set => Value = (string?)value; }

    internal override void ReadValue(ref FhirReader json) => Value = json.Text(this, "value");

    private protected override void PutValue(Utf8JsonWriter to, JsonEncodedText name)
    {
        if (Value is not null)
            to.WriteString(name, Value);
    }

    private protected override void CopyTo(Base copy)
    {
        base.CopyTo(copy);
        ((TextPrimitive)copy).Value = Value;
    }
}
