namespace ChwFhir.Api.Messages;

/// <param name="Outcome"><c>patient-reached</c>, <c>not-reached</c>, <c>not-needed</c> or <c>handed-on</c>.</param>
/// <param name="KnownUntil">A clinician's: a date in the future.</param>
/// <param name="Reason">Needed from whoever closes what they wrote themselves.</param>
internal sealed record CloseToSend(string Outcome, string? KnownUntil = null, string? Reason = null);
