using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>A rule of the specification by its key, with what it asks in our words.</summary>
internal sealed record Rule(string Key, string Text, Func<Base, Checker, bool> Holds, bool IsWarning = false);
