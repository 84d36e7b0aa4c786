namespace ChwFhir.Fhir.Smart;

/// <summary>A token, code, verifier or password: it does not print. Logs, exceptions and JSON show "(secret)".</summary>
public sealed class Secret(string value)
{
    private readonly string value = value;

    /// <summary>For the request that it belongs into, nowhere else.</summary>
    public string Reveal() => value;

    public override string ToString() => "(secret)";
}
