using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Journeys.Attacks;

internal sealed class When_answers_are_looked_at_by_a_browser
{
    [Test]
    public async Task Nothing_that_tells_of_a_patient_is_kept_by_it_or_by_a_proxy()
    {
        await using var town = await Town.StartAsync();
        (await town.PostNoteAsync(Some.Note("Patient/rosa-m", "n-1").ToJsonString())).Dispose();
        await town.SettledAsync("n-1");
        var document = (await town.Http.GetFromJsonAsync<JsonObject>("/swagger/v1/swagger.json"))!;
        var reads = document["paths"]!.AsObject().Where(path => !path.Key.StartsWith("/.well-known", StringComparison.Ordinal) && path.Value!.AsObject().ContainsKey("get")).Select(path => path.Key.Replace("{id}", "n-1", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal));

        using (Assert.EnterMultipleScope())
        {
            foreach (var path in reads.Concat(["/", "/notes/n-1", "/notes/nobody", "/app", "/nowhere"]))
            {
                using var answer = await town.Http.GetAsync(path);
                Assert.That(answer.Headers.CacheControl?.NoStore, Is.True, path);
                Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }), path);
                Assert.That(answer.Headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "no-referrer" }), path);
                Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src").And.Contain("frame-ancestors").And.Not.Contain("script-src 'unsafe"), path);
                Assert.That(answer.Headers.Contains("Server"), Is.False, path);
            }
        }
    }

    [Test]
    public async Task In_Production_behind_https_it_never_goes_back_to_http()
    {
        await using var town = await Town.StartAsync(
            ("environment", "Production"), ("Storage__KeyFile", StoreKeyFile.Name), ("Ehr__BaseUrl", $"http://127.0.0.1:{Ports.Free()}/fhir"), ("PublicUrl", "https://chw.example.org"),
            ("Auth__Authority", $"http://127.0.0.1:{Ports.Free()}"), ("Auth__Audience", "chwfhir"), ("Auth__Panel", "open"));

        using var answer = await town.Http.GetAsync("/health/live");

        Assert.That(answer.Headers.GetValues("Strict-Transport-Security").Single(), Does.StartWith("max-age=31536000"));
    }

    [Test]
    public async Task In_Development_it_may_speak_http()
    {
        await using var town = await Town.StartAsync();

        using var answer = await town.Http.GetAsync("/");

        Assert.That(answer.Headers.Contains("Strict-Transport-Security"), Is.False);
    }
}
