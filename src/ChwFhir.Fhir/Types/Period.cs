namespace ChwFhir.Fhir.Model;

public partial class Period
{
    public Period()
    {
    }

    public Period(FhirDateTime? start, FhirDateTime? end) => (Start, End) = (start?.Value, end?.Value);
}
