namespace ChwFhir.Intake;

/// <summary>The contract's word of an enum member where kebab case would miss it.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WordAttribute(string word) : Attribute
{
    public string Word { get; } = word;
}
