namespace ChwFhir.Fhir.Model;

public sealed class XHtml(string? value) : TextPrimitive(value)
{
    public XHtml() : this(null)
    {
    }

    public override string TypeName => "xhtml";

    private protected override Base New() => new XHtml();
}
