namespace ChwFhir.Api.Inputs;

/// <param name="Reason">For whoever asks later; needed to refuse.</param>
internal sealed record ReleaseOrder(string? Reason);
