namespace ChwFhir.Sandbox.Smart;

/// <summary>An authorization on its way: what is asked, and what the person has chosen so far.</summary>
internal sealed record SignIn(AuthorizationRequest Request)
{
    public SandboxUser? User { get; init; }
    public string? Patient { get; init; }
    public string? Encounter { get; init; }

    /// <summary>Also "none of them" is a choice.</summary>
    public bool EncounterIsChosen { get; init; }
}
