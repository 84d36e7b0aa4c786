namespace ChwFhir.Fhir.Tests.Model;

/// <summary>That code of a type calls a member of the model, with the types of its parameters; a property by its accessor.</summary>
internal sealed record ModelUse(string Type, string Member, string Parameters, string Namespace, string By)
{
    public string Call => $"{Type}.{Member}({Parameters})";
}
