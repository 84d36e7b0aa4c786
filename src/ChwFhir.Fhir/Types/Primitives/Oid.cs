namespace ChwFhir.Fhir.Model;

public sealed class Oid(string? value) : TextPrimitive(value)
{
    public Oid() : this(null)
    {
    }

    public override string TypeName => "oid";
}
