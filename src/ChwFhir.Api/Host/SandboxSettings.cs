using ChwFhir.Sandbox;
using ChwFhir.Sandbox.Smart;

namespace ChwFhir.Api.Host;

/// <summary>The settings under <c>Ehr__Sandbox__…</c>, whether the sandbox lives next door or alone.</summary>
internal static class SandboxSettings
{
    public static SandboxOptions Read(IConfiguration settings)
    {
        var asked = settings.GetSection("Ehr:Sandbox");
        var usual = new SandboxOptions();
        return usual with
        {
            Url = asked["Url"] ?? usual.Url,
            Capabilities = asked["Capabilities"] ?? usual.Capabilities,
            Profiles = asked["Profiles"] ?? usual.Profiles,
            Tokens = asked["Tokens"] ?? usual.Tokens,
            Load = asked["Load"],
            Login = asked["Login"] ?? usual.Login,
            TokenLife = asked["TokenLife"] is { Length: > 0 } life ? Duration(life) : null,
            Clients = asked.GetSection("Clients").Get<List<SandboxClient>>() ?? [.. SandboxClient.Usual(Service(settings))],
            NoteTypes = asked["NoteTypes"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Directory = settings["Storage:Directory"] ?? usual.Directory,
        };
    }

    private static TimeSpan Duration(string life) =>
        DurationSetting.Parse(life) is { Unreadable: null } read ? read.Value : throw new SandboxStartException($"Ehr__Sandbox__TokenLife: {DurationSetting.Allowed}.");

    // Before anything listens only the settings tell where the service will be; a port that is not known yet is told later (Neighbour).
    private static Uri Service(IConfiguration settings) =>
        Uri.TryCreate(settings["PublicUrl"] is { Length: > 0 } said ? said : settings["urls"], UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.IsLoopback) ? url : new Uri(ApiHost.DefaultUrl);
}
