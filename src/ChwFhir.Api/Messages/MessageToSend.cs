namespace ChwFhir.Api.Messages;

/// <param name="Id">The caller's id, so that it may be sent again: 1–64 of <c>A-Za-z0-9._-</c>.</param>
/// <param name="Kind"><c>report</c> (a CHW's default), <c>ask</c> (the team's), <c>reinforce</c> or <c>question</c>.</param>
/// <param name="To">Words as <c>nurse</c> or FHIR references; a CHW's message goes to the care team and the team's to the CHW when nobody is named.</param>
/// <param name="Urgency"><c>routine</c> (default), <c>urgent</c>, <c>asap</c> or <c>stat</c>.</param>
/// <param name="About">What it speaks of, as <c>symptom/pain</c>.</param>
/// <param name="InReplyTo">Id of the message that it goes on from.</param>
internal sealed record MessageToSend(
    string Text, string? Id = null, string? Kind = null, IReadOnlyList<string>? To = null, string? Urgency = null, string? Topic = null, IReadOnlyList<string>? About = null,
    bool? NeedsReply = null, string? InReplyTo = null);
