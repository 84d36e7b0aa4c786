namespace ChwFhir.Api.Audit;

/// <summary>The route tells of no patient: what it answers are counts, or it keeps its own record.</summary>
internal sealed record NotAudited(string Why);
