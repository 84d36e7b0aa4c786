namespace ChwFhir.Fhir.Model;

public sealed class Uuid(string? value) : TextPrimitive(value)
{
    public Uuid() : this(null)
    {
    }

    public override string TypeName => "uuid";

    internal override DataKind Kind => DataKind.Uuid;

    private protected override Base New() => new Uuid();
}
