namespace ChwFhir.Sandbox;

/// <summary>The sandbox cannot start; the message names the setting and what is allowed.</summary>
public sealed class SandboxStartException(string message, Exception? inner = null) : Exception(message, inner);
