using System.Text.Json;

namespace ChwFhir.Journeys.Identity;

/// <summary>The service with tokens and a panel file: two CHWs with a patient each, their supervisor, and one who is nobody's.</summary>
internal sealed class PanelTown : IAsyncDisposable
{
    private readonly SomeIssuer issuer;

    private PanelTown(SomeIssuer issuer, Town town, string file) => (this.issuer, Town, File) = (issuer, town, file);

    public Town Town { get; }

    public string File { get; }

    /// <summary>CHW of rosa-m.</summary>
    public Somebody Dolores => Of("dolores");

    /// <summary>CHW of thomas-n.</summary>
    public Somebody Ben => Of("ben");

    public Somebody Supervisor => Of("grace");

    /// <summary>A supervisor of other CHWs.</summary>
    public Somebody OtherSupervisor => Of("henry");

    public static readonly object People = new
    {
        dolores = new { role = "chw", practitioner = "Practitioner/chw-1", patients = new[] { "Patient/rosa-m" } },
        ben = new { role = "chw", practitioner = "Practitioner/chw-2", patients = new[] { "Patient/thomas-n" } },
        grace = new { role = "supervisor", practitioner = "Practitioner/sup-1", chws = new[] { "dolores", "Practitioner/chw-2" } },
        henry = new { role = "supervisor", practitioner = "Practitioner/sup-2", chws = new[] { "Practitioner/chw-9" } },
    };

    public static async Task<PanelTown> StartAsync(params (string Name, string Value)[] settings)
    {
        var issuer = await SomeIssuer.StartAsync();
        var file = Path.Combine(Directory.CreateTempSubdirectory("chwfhir-panel").FullName, "panel.json");
        await System.IO.File.WriteAllTextAsync(file, JsonSerializer.Serialize(People));
        var town = await Town.StartAsync([("Auth__Mode", "jwt"), ("Auth__Authority", issuer.Url), ("Auth__Audience", SomeIssuer.Audience), ("Auth__Panel", "file"), ("Auth__PanelFile", file), .. settings]);
        return new PanelTown(issuer, town, file);
    }

    public Somebody Of(string subject, string? role = null, params (string Name, object Value)[] claims) => new(Town.Http, issuer.Token(subject, role, claims));

    /// <summary>Until the note stands still.</summary>
    public static async Task<string> SettledAsync(Somebody reader, string id)
    {
        for (var patience = 0; ; patience++)
        {
            var (status, body) = await reader.GetAsync($"/api/v1/visit-notes/{id}");
            var state = status == 200 ? (string)body!["state"]! : $"{status}";
            if (state is not ("queued" or "writing") || patience > 300)
                return state;
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Town.DisposeAsync();
        await issuer.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(File)!, recursive: true);
    }
}
