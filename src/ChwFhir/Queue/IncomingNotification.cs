namespace ChwFhir.Queue;

/// <summary>Somebody outside is to be told that there is a message, and nothing else of it.</summary>
/// <param name="Channel"><c>webhook</c> or <c>mail</c>.</param>
/// <param name="Target">An address of the channel; empty for the only webhook.</param>
/// <param name="Addressed">Whom the message is for: words of the contract or references of staff.</param>
public sealed record IncomingNotification(string Channel, string Target, IReadOnlyList<string> Addressed);
