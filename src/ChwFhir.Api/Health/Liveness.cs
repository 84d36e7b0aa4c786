namespace ChwFhir.Api.Health;

internal sealed record Liveness(string Status);
