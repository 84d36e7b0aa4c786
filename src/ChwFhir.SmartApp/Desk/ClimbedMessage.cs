using ChwFhir.CareTeam;

namespace ChwFhir.SmartApp.Desk;

/// <summary>A message that nobody opened in its time: how it stands, not what it says.</summary>
public sealed record ClimbedMessage(MessageView Message, string? Chw);
