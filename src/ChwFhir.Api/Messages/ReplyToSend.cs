namespace ChwFhir.Api.Messages;

/// <param name="Id">The caller's id of the reply, so that it may be sent again: 1–64 of <c>A-Za-z0-9._-</c>.</param>
/// <param name="For">Whose turn it is: <c>chw</c> (default) or <c>patient-call-needed</c>.</param>
/// <param name="Will">What the writer does: <c>i-call</c>, <c>nurse-calls</c>, <c>appointment</c> or <c>none</c> (default).</param>
/// <param name="By">Until when: a FHIR date or dateTime.</param>
internal sealed record ReplyToSend(string Text, string? Id = null, string? For = null, string? Will = null, string? By = null);
