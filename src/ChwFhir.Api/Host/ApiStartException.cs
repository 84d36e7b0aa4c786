namespace ChwFhir.Api.Host;

/// <summary>The start stops here; each line names a setting and what is allowed.</summary>
public sealed class ApiStartException(params IReadOnlyList<string> lines) : Exception(string.Join(Environment.NewLine, lines));
