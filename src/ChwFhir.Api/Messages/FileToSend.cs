namespace ChwFhir.Api.Messages;

/// <param name="Reply">Id of the caller's own reply, as the message shows it; without it the message that they wrote, or that they have seen it.</param>
internal sealed record FileToSend(string? Reply = null);
