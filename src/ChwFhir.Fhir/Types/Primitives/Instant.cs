namespace ChwFhir.Fhir.Model;

public sealed partial class Instant(DateTimeOffset? value) : PrimitiveType
{
    public Instant() : this(null)
    {
    }

    public DateTimeOffset? Value { get; set; } = value;

    public override object? ObjectValue { get => Value; set => Value = (DateTimeOffset?)value; }

    public override string TypeName => "instant";
}
