using ChwFhir.Sandbox;

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
            Tokens = asked["Tokens"] ?? usual.Tokens,
            Load = asked["Load"],
            NoteTypes = asked["NoteTypes"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Directory = settings["Storage:Directory"] ?? usual.Directory,
        };
    }
}
