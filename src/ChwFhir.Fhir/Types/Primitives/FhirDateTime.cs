namespace ChwFhir.Fhir.Model;

public sealed class FhirDateTime(string? value) : TextPrimitive(value)
{
    public FhirDateTime() : this(null)
    {
    }

    public override string TypeName => "dateTime";
}
