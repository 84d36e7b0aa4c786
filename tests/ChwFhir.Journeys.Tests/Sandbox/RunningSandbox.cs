using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

/// <summary>A sandbox on a free port with a folder of its own, and the few words that tests speak to it.</summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    private readonly bool ownsFolder;
    private SandboxEhr ehr;

    private RunningSandbox(SandboxEhr ehr, SandboxOptions options, bool ownsFolder)
    {
        this.ehr = ehr;
        this.ownsFolder = ownsFolder;
        Options = options;
        Http = Client(ehr);
    }

    public SandboxOptions Options { get; }
    public HttpClient Http { get; private set; }
    public Uri BaseUrl => ehr.BaseUrl;

    public static async Task<RunningSandbox> StartAsync(Func<SandboxOptions, SandboxOptions>? with = null)
    {
        var folder = Directory.CreateTempSubdirectory("chwfhir-sandbox-").FullName;
        var options = new SandboxOptions { Url = "http://localhost:0", Directory = folder, Seed = false };
        options = with?.Invoke(options) ?? options;
        return new(await SandboxEhr.StartAsync(options, null, CancellationToken.None), options, options.Directory == folder);
    }

    public async Task RestartAsync()
    {
        await ehr.DisposeAsync();
        Http.Dispose();
        ehr = await SandboxEhr.StartAsync(Options, null, CancellationToken.None);
        Http = Client(ehr);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/fhir+json"));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Http.SendAsync(request);
    }

    public async Task<JsonNode> GetAsync(string path) => await JsonOf(await Http.GetAsync(path), 200);

    public async Task<JsonNode> CreateAsync(string type, string json) => await JsonOf(await SendAsync(HttpMethod.Post, type, json), 201);

    public async Task<JsonNode> TransactAsync(string bundle) => await JsonOf(await SendAsync(HttpMethod.Post, "", bundle), 200);

    public async Task<string[]> IdsAsync(string search) =>
        [.. (await GetAsync(search))["entry"]?.AsArray().Select(entry => entry!["resource"]!["id"]?.GetValue<string>() ?? "") ?? []];

    public static async Task<JsonNode> JsonOf(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), text);
        return JsonNode.Parse(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await ehr.DisposeAsync();
        if (ownsFolder)
            Directory.Delete(Options.Directory, recursive: true);
    }

    private static HttpClient Client(SandboxEhr ehr) => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(ehr.BaseUrl + "/") };
}
