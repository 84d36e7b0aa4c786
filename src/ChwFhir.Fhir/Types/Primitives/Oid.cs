namespace ChwFhir.Fhir.Model;

public sealed class Oid(string? value) : TextPrimitive(value)
{
    public Oid() : this(null)
    {
    }

    public override string TypeName => "oid";

    internal override DataKind Kind => DataKind.Oid;

    private protected override Base New() => new Oid();
}
