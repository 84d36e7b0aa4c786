namespace ChwFhir.Fhir.Model;

public sealed class PositiveInt(int? value) : IntegerPrimitive(value)
{
    public PositiveInt() : this(null)
    {
    }

    public override string TypeName => "positiveInt";

    internal override DataKind Kind => DataKind.PositiveInt;

    private protected override Base New() => new PositiveInt();
}
