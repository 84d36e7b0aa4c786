namespace ChwFhir.Api.Delivery;

/// <param name="Notes">How many notes are tried again.</param>
internal sealed record Retried(int Notes);
