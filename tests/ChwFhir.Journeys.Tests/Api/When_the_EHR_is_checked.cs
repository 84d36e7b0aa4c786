using System.Net;
using System.Text;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.Api;

/// <summary>The command <c>check</c> as people run it: a process of its own, its exit code and what stands on the console.</summary>
internal sealed class When_the_EHR_is_checked
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("chwfhir-check").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_strict_one_is_told_part_by_part_with_the_reasons()
    {
        var (code, said) = await CheckAsync(("Ehr__Sandbox__Capabilities", "epic"));

        using var together = Assert.EnterMultipleScope();
        Assert.That(code, Is.Zero, said);
        Assert.That(said, Does.Match(@"\n  note +DocumentReference +written +as plain text alone, without author, relations and identifier\n"));
        Assert.That(said, Does.Match(@"\n  visit +Encounter +the EHR's own +the EHR's own of that day; without one the note waits for a person\n"));
        Assert.That(said, Does.Match(@"\n  needs +Condition +in the note's text +declared, but not believed"));
        Assert.That(said, Does.Match(@"\n  care plan +CarePlan +in the note's text +the EHR does not declare it\n"));
        Assert.That(said, Does.Contain("types of notes are taken").And.Contain("a token was given for the service's key and is sent; a read is allowed"));
        Assert.That(said.Split('\n').Max(line => line.Length), Is.LessThan(200));
    }

    [Test]
    public async Task It_writes_nothing()
    {
        await using var ehr = await Ehr.StartAsync(200, Statement("4.0.1"));

        var (code, said) = await CheckAsync(("Ehr__BaseUrl", ehr.BaseUrl));

        using var together = Assert.EnterMultipleScope();
        Assert.That(ehr.Asked, Is.Not.Empty.And.All.StartsWith("GET "));
        Assert.That(ehr.Asked, Has.Some.EndWith("/metadata").And.Some.EndWith("/.well-known/smart-configuration"));
        Assert.That(code, Is.EqualTo(1), said);
        Assert.That(said, Does.Contain("No note can be filed: the EHR takes no document (the EHR does not declare it)."));
    }

    [Test]
    public async Task Settings_that_are_seldom_meant_in_Production_are_told()
    {
        await using var ehr = await Ehr.StartAsync(200, Statement("4.0.1"));
        (string, string)[] production =
        [
            ("DOTNET_ENVIRONMENT", "Production"), ("Ehr__BaseUrl", ehr.BaseUrl), ("Auth__Authority", $"http://127.0.0.1:{Ports.Free()}"), ("Auth__Audience", "chwfhir"),
            ("App__ClientId", "chwfhir-app"), ("Storage__KeyFile", StoreKeyFile.Name),
        ];

        var (_, careless) = await CheckAsync([.. production, ("Auth__Panel", "open"), ("PublicUrl", "http://localhost:5080")]);
        var (_, careful) = await CheckAsync([.. production, ("Auth__Panel", "careteam"), ("PublicUrl", "https://chw.example.org"), ("App__LaunchRoles", "Practitioner/1=chw")]);

        using var together = Assert.EnterMultipleScope();
        Assert.That(careless, Does.Contain("Worth a second look").And.Contain("App__LaunchRoles names nobody").And.Contain("Auth__Panel is open").And.Contain("PublicUrl is plain http"));
        Assert.That(careful, Does.Contain("4.0.1").And.Not.Contain("Worth a second look"));
    }

    [Test]
    public async Task A_running_service_is_asked_since_the_folder_is_its_own()
    {
        await using var service = new ServiceProcess(folder, null);
        await service.StartAsync();

        var (code, said) = await CheckAsync(("ASPNETCORE_URLS", service.Http.BaseAddress!.AbsoluteUri));

        using var together = Assert.EnterMultipleScope();
        Assert.That(code, Is.Zero, said);
        Assert.That(said, Does.Contain(service.SandboxBase.AbsoluteUri).And.Contain("Notes can be filed. Nothing was written."));
    }

    [Test]
    public async Task A_folder_in_use_without_a_service_to_ask_is_told_in_one_line()
    {
        await using var service = new ServiceProcess(folder, null);
        await service.StartAsync();

        var (code, said) = await CheckAsync(("ASPNETCORE_URLS", "http://127.0.0.1:9"));

        using var together = Assert.EnterMultipleScope();
        Assert.That(code, Is.EqualTo(1));
        Assert.That(Lines(said), Has.Length.EqualTo(1).And.Some.Contains("--urls says where it is"), said);
    }

    [TestCase(200, "<!doctype html><html><body>Welcome</body></html>", 1, "A web page answers there, not a FHIR server")]
    [TestCase(404, "<html><body>Not found</body></html>", 1, "A web page answers there, not a FHIR server")]
    [TestCase(401, "", 1, "does not accept the token (401)")]
    [TestCase(503, "", 2, "The EHR is busy (503)")]
    [TestCase(200, """{"resourceType":"Conformance","fhirVersion":"1.0.2"}""", 1, "The EHR speaks FHIR DSTU2; this service speaks R4 (4.0.1)")]
    [TestCase(200, """{"resourceType":"CapabilityStatement","fhirVersion":"3.0.1","rest":[]}""", 1, "The EHR speaks FHIR 3.0.1; this service speaks R4 (4.0.1)")]
    public async Task What_is_wrong_is_said_in_one_line(int status, string body, int expected, string line)
    {
        await using var ehr = await Ehr.StartAsync(status, body);

        var (code, said) = await CheckAsync(("Ehr__BaseUrl", ehr.BaseUrl));

        using var together = Assert.EnterMultipleScope();
        Assert.That(code, Is.EqualTo(expected), said);
        Assert.That(Lines(said).Where(one => one.Contains(line, StringComparison.Ordinal)).ToList(), Has.Count.EqualTo(1), said);
    }

    [Test]
    public async Task An_EHR_that_is_away_is_said_to_be_away()
    {
        var (code, said) = await CheckAsync(("Ehr__BaseUrl", "http://127.0.0.1:9/fhir"));

        using var together = Assert.EnterMultipleScope();
        Assert.That(code, Is.EqualTo(2));
        Assert.That(said, Does.Contain("The EHR does not answer: no connection."));
    }

    [TestCase(0)]
    [TestCase(2, Description = "Slower than the start of the rest.")]
    public async Task Another_FHIR_release_stops_the_start_of_the_service_with_one_line(int secondsToAnswer)
    {
        await using var ehr = await Ehr.StartAsync(200, Statement("3.0.1"), TimeSpan.FromSeconds(secondsToAnswer));

        var (code, said) = await ApiProcess.RunToEndAsync(("Storage__Directory", folder), ("Ehr__BaseUrl", ehr.BaseUrl), ("ASPNETCORE_URLS", "http://127.0.0.1:0"));

        using var together = Assert.EnterMultipleScope();
        Assert.That(code, Is.EqualTo(1), said);
        Assert.That(Lines(said).Where(one => one.Contains("this service speaks R4", StringComparison.Ordinal) && one.Contains("Ehr__BaseUrl", StringComparison.Ordinal)).ToList(), Has.Count.EqualTo(1), said);
        Assert.That(said, Does.Not.Contain("   at "));
    }

    private Task<(int Code, string Said)> CheckAsync(params (string, string)[] settings) => ApiProcess.RunToEndAsync(["check"], [("Storage__Directory", folder), .. settings]);

    private static string[] Lines(string said) => said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Statement(string release) => $$"""{"resourceType":"CapabilityStatement","fhirVersion":"{{release}}","rest":[{"mode":"server","resource":[{"type":"Patient","interaction":[{"code":"read"}]}]}]}""";

    /// <summary>A server that says one thing to everybody, and finds nobody.</summary>
    private sealed class Ehr : IAsyncDisposable
    {
        private static readonly byte[] Nobody = """{"resourceType":"Bundle","type":"searchset"}"""u8.ToArray();
        private readonly HttpListener listener = new();
        private Task serving = Task.CompletedTask;

        public string BaseUrl { get; private init; } = "";

        public List<string> Asked { get; } = [];

        public static Task<Ehr> StartAsync(int status, string body, TimeSpan delay = default)
        {
            var baseUrl = $"http://127.0.0.1:{Ports.Free()}/fhir";
            var ehr = new Ehr { BaseUrl = baseUrl };
            ehr.listener.Prefixes.Add(baseUrl + "/");
            ehr.listener.Start();
            ehr.serving = ehr.ServeAsync(status, Encoding.UTF8.GetBytes(body), delay);
            return Task.FromResult(ehr);
        }

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await serving;
            ((IDisposable)listener).Dispose();
        }

        private async Task ServeAsync(int status, byte[] body, TimeSpan delay)
        {
            while (listener.IsListening)
            {
                try
                {
                    var context = await listener.GetContextAsync();
                    lock (Asked)
                        Asked.Add($"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath}");
                    context.Response.StatusCode = status;
                    await Task.Delay(delay);
                    await context.Response.OutputStream.WriteAsync(context.Request.Url.AbsolutePath.EndsWith("/Patient", StringComparison.Ordinal) ? Nobody : body);
                    context.Response.Close();
                }
                catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or InvalidOperationException)
                {
                    // Stopped, or the other side did not wait.
                }
            }
        }
    }
}
