namespace ChwFhir.Fhir.Client;

/// <summary>Where it is told that an address which somebody else named was not spoken to; whoever keeps the security log listens.</summary>
public sealed class OutsideRefusals
{
    /// <summary>Who asked for it (<c>app-sign-in</c>), and why it was refused: words of ours, nothing of the address.</summary>
    public event Action<string, string>? Refused;

    public void Tell(string whose, string why) => Refused?.Invoke(whose, why);
}
