namespace ChwFhir.Fhir.Model;

public sealed class Code(string? value) : TextPrimitive(value)
{
    public Code() : this(null)
    {
    }

    public override string TypeName => "code";

    internal override DataKind Kind => DataKind.Code;

    private protected override Base New() => new Code();
}
