namespace ChwFhir.Api.Messages;

/// <param name="To">A word for people who may act on it, as <c>nurse</c>, or a reference as <c>Practitioner/1</c>.</param>
internal sealed record HandToSend(string To, string? Reason = null);
