namespace ChwFhir.Fhir.Model;

public sealed class Uuid(string? value) : TextPrimitive(value)
{
    public Uuid() : this(null)
    {
    }

    public override string TypeName => "uuid";
}
