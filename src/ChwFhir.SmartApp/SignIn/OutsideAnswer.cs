namespace ChwFhir.SmartApp.SignIn;

/// <summary>What a server outside said.</summary>
internal sealed record OutsideAnswer(int Status, ReadOnlyMemory<byte> Body);
