namespace ChwFhir.Fhir.Model;

public sealed class Integer(int? value) : IntegerPrimitive(value)
{
    public Integer() : this(null)
    {
    }

    public override string TypeName => "integer";
}
