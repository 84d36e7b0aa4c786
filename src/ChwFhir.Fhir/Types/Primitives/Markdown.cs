namespace ChwFhir.Fhir.Model;

public sealed class Markdown(string? value) : TextPrimitive(value)
{
    public Markdown() : this(null)
    {
    }

    public override string TypeName => "markdown";

    public static implicit operator Markdown?(string? value) => value is null ? null : new(value);
}
