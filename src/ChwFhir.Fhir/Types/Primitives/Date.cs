namespace ChwFhir.Fhir.Model;

public sealed class Date(string? value) : TextPrimitive(value)
{
    public Date() : this(null)
    {
    }

    public override string TypeName => "date";
}
