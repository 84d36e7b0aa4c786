using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>A rule of the specification by its key, with what it asks in our words.</summary>
internal sealed record Rule(string Key, string Text, Func<Base, Checker, bool> Holds, bool IsWarning = false)
{
    /// <summary>The type that it is a rule of, where the specification gives its key to rules of several; null where the key says enough.</summary>
    public string? Of { get; init; }
}
