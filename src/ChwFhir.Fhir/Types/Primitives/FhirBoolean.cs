namespace ChwFhir.Fhir.Model;

public sealed partial class FhirBoolean(bool? value) : PrimitiveType
{
    public FhirBoolean() : this(null)
    {
    }

    public bool? Value { get; set; } = value;

    public override object? ObjectValue { get => Value; set => Value = (bool?)value; }

    public override string TypeName => "boolean";
}
