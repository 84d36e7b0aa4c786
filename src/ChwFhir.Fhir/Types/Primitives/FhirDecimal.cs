namespace ChwFhir.Fhir.Model;

public sealed partial class FhirDecimal(decimal? value) : PrimitiveType
{
    public FhirDecimal() : this(null)
    {
    }

    public decimal? Value { get; set; } = value;

    public override object? ObjectValue { get => Value; set => Value = (decimal?)value; }

    public override string TypeName => "decimal";
}
