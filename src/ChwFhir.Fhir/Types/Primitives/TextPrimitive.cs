namespace ChwFhir.Fhir.Model;

/// <summary>A primitive that JSON writes as a string and .NET holds as one; dates and dateTimes too, so that a partial one stays what it is.</summary>
public abstract partial class TextPrimitive : PrimitiveType
{
    private protected TextPrimitive(string? value) => Value = value;

    public string? Value { get; set; }

    public override object? ObjectValue { get => Value; set => Value = (string?)value; }
}
