namespace ChwFhir.Fhir;

/// <summary>JSON that cannot be read as the resource asked for.</summary>
public sealed class FhirJsonException(IReadOnlyList<FhirJsonIssue> issues) : Exception(Sentence(issues))
{
    public IReadOnlyList<FhirJsonIssue> Issues { get; } = issues;

    private static string Sentence(IReadOnlyList<FhirJsonIssue> issues) =>
        issues.Count == 0 ? "Not readable as FHIR." : $"Not readable as FHIR: {issues[^1].Text} (line {issues[^1].Line}, position {issues[^1].Position}).";
}
