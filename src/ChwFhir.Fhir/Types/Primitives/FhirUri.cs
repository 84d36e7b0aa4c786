namespace ChwFhir.Fhir.Model;

public sealed class FhirUri(string? value) : TextPrimitive(value)
{
    public FhirUri() : this(null)
    {
    }

    public override string TypeName => "uri";

    internal override DataKind Kind => DataKind.FhirUri;

    private protected override Base New() => new FhirUri();
}
