namespace ChwFhir.Sandbox.Smart;

/// <summary>What stood open in the EHR when somebody started an app from it.</summary>
internal sealed record Launch(string ClientId, SandboxUser User, string Patient, string? Encounter);

/// <summary>The handles that launch addresses carry: opaque, for one client, once, five minutes.</summary>
internal sealed class Launches(TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private readonly Shelf<Launch> open = new(clock, 5_000);

    public string Open(Launch launch)
    {
        var handle = Secret.New();
        open.TryAdd(Secret.Hash(handle), launch, Life);
        return handle;
    }

    public Launch? Take(string handle, string clientId) => open.Take(Secret.Hash(handle)) is { } launch && launch.ClientId == clientId ? launch : null;
}
