namespace ChwFhir.Fhir.Model;

public sealed class Date(string? value) : TextPrimitive(value)
{
    public Date() : this(null)
    {
    }

    public override string TypeName => "date";

    internal override DataKind Kind => DataKind.Date;

    private protected override Base New() => new Date();
}
