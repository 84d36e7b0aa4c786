namespace ChwFhir.Fhir.Model;

public sealed class Id(string? value) : TextPrimitive(value)
{
    public Id() : this(null)
    {
    }

    public override string TypeName => "id";

    internal override DataKind Kind => DataKind.Id;

    private protected override Base New() => new Id();
}
