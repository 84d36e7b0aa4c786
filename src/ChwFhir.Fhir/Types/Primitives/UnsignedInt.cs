namespace ChwFhir.Fhir.Model;

public sealed class UnsignedInt(int? value) : IntegerPrimitive(value)
{
    public UnsignedInt() : this(null)
    {
    }

    public override string TypeName => "unsignedInt";

    internal override DataKind Kind => DataKind.UnsignedInt;

    private protected override Base New() => new UnsignedInt();
}
