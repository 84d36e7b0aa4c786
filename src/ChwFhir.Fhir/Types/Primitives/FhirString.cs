namespace ChwFhir.Fhir.Model;

public sealed class FhirString(string? value) : TextPrimitive(value)
{
    public FhirString() : this(null)
    {
    }

    public override string TypeName => "string";

    internal override DataKind Kind => DataKind.FhirString;

    private protected override Base New() => new FhirString();
}
