namespace ChwFhir.Fhir.Model;

public sealed class Markdown(string? value) : TextPrimitive(value)
{
    public Markdown() : this(null)
    {
    }

    public override string TypeName => "markdown";

    internal override DataKind Kind => DataKind.Markdown;

    public static implicit operator Markdown?(string? value) => value is null ? null : new(value);

    private protected override Base New() => new Markdown();
}
