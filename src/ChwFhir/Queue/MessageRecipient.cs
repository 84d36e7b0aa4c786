namespace ChwFhir.Queue;

/// <param name="Recipient">A word of the contract or a reference of somebody of the staff.</param>
/// <param name="Rung">0: it was sent to them; more: it climbed to them.</param>
/// <param name="Copied">May read it; that they do stops no clock.</param>
public sealed record MessageRecipient(string Recipient, int Rung, bool Copied);
