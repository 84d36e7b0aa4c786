namespace ChwFhir.Fhir.Model;

public sealed class Integer(int? value) : IntegerPrimitive(value)
{
    public Integer() : this(null)
    {
    }

    public override string TypeName => "integer";

    internal override DataKind Kind => DataKind.Integer;

    private protected override Base New() => new Integer();
}
