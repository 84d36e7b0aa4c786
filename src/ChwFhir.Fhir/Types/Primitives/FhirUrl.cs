namespace ChwFhir.Fhir.Model;

public sealed class FhirUrl(string? value) : TextPrimitive(value)
{
    public FhirUrl() : this(null)
    {
    }

    public override string TypeName => "url";

    internal override DataKind Kind => DataKind.FhirUrl;

    private protected override Base New() => new FhirUrl();
}
