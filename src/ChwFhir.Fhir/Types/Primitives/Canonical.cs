namespace ChwFhir.Fhir.Model;

public sealed class Canonical(string? value) : TextPrimitive(value)
{
    public Canonical() : this(null)
    {
    }

    public override string TypeName => "canonical";

    internal override DataKind Kind => DataKind.Canonical;

    public static implicit operator Canonical?(string? value) => value is null ? null : new(value);

    private protected override Base New() => new Canonical();
}
