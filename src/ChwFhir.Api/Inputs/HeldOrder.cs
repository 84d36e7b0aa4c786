namespace ChwFhir.Api.Inputs;

/// <param name="Reason">Why it stays out of the chart, or comes in: for whoever asks later. It stands in the audit log here and in no chart.</param>
internal sealed record HeldOrder(string Reason);
