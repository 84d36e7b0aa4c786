namespace ChwFhir.Fhir.Model;

public sealed partial class Instant(DateTimeOffset? value) : PrimitiveType
{
    private string? _text = InstantText.Of(value);

    public Instant() : this(null)
    {
    }

    public DateTimeOffset? Value { get => InstantText.Parse(_text); set => _text = InstantText.Of(value); }

    public override object? ObjectValue { get => _text; set => _text = value is DateTimeOffset instant ? InstantText.Of(instant) : (string?)value; }

    public override string TypeName => "instant";

    internal override DataKind Kind => DataKind.Instant;

    internal override void ReadValue(ref FhirReader json) => _text = json.Instant(this, "value");

    private protected override Base New() => new Instant();

    private protected override void PutValue(Utf8JsonWriter to, JsonEncodedText name)
    {
        if (_text is not null)
            to.WriteString(name, _text);
    }

    private protected override void CopyTo(Base copy)
    {
        base.CopyTo(copy);
        ((Instant)copy)._text = _text;
    }
}
