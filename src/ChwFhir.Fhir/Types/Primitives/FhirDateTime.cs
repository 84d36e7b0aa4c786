namespace ChwFhir.Fhir.Model;

public sealed class FhirDateTime(string? value) : TextPrimitive(value)
{
    public FhirDateTime() : this(null)
    {
    }

    public override string TypeName => "dateTime";

    internal override DataKind Kind => DataKind.FhirDateTime;

    private protected override Base New() => new FhirDateTime();
}
