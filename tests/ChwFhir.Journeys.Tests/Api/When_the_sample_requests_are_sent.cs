using System.Net.Http.Headers;
using System.Text.Json;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.Api;

/// <summary>The .http files under samples, sent from top to bottom as a newcomer would.</summary>
internal sealed class When_the_sample_requests_are_sent
{
    [Test]
    public async Task Each_is_answered_as_it_should([Values("requests.http")] string file)
    {
        await using var town = await Town.StartAsync();
        var requests = Read(await File.ReadAllTextAsync(Repository.Path("samples", file)), town).ToList();
        Assert.That(requests, Has.Count.GreaterThan(10));

        Dictionary<string, string> told = [];
        foreach (var (title, name, request) in requests)
            using (request)
            {
                Fill(request, told);
                if (request.RequestUri!.Authority == town.EhrBaseUrl.Authority || request.RequestUri.AbsolutePath.EndsWith("/bundle", StringComparison.Ordinal))
                    await town.SettledAsync("walter-b-2026-11-05-first");
                using var answer = await town.Http.SendAsync(request);
                var body = await answer.Content.ReadAsStringAsync();
                foreach (var header in answer.Headers)
                    told[$"{{{{{name}.response.headers.{header.Key}}}}}"] = header.Value.First();

                Assert.That((int)answer.StatusCode, Is.InRange(200, 202), $"{title}: {body}");
                if (answer.Content.Headers.ContentType?.MediaType is "application/json" or "application/fhir+json")
                    using (var json = JsonDocument.Parse(body))
                        Assert.That(json.RootElement.TryGetProperty("total", out var total) ? total.GetInt32() : 1, Is.Positive, title);
            }
    }

    [Test]
    public void Every_sample_file_is_one_that_a_test_reads()
    {
        var files = Directory.EnumerateFiles(Repository.Path("samples"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Path("samples"), file).Replace('\\', '/'));

        Assert.That(files.Where(file => !file.Contains('/')), Is.EquivalentTo(["README.md", "requests.http"]));
    }

    // As an editor does: {{name.response.headers.ETag}} is what the request of that name was answered.
    private static void Fill(HttpRequestMessage request, Dictionary<string, string> told)
    {
        foreach (var (header, values) in request.Headers.NonValidated.ToList())
            if (values.ToString() is var value && told.TryGetValue(value, out var known))
            {
                request.Headers.Remove(header);
                request.Headers.TryAddWithoutValidation(header, known);
            }
    }

    private static IEnumerable<(string Title, string? Name, HttpRequestMessage Request)> Read(string text, Town town)
    {
        var sandbox = town.EhrBaseUrl.AbsoluteUri.TrimEnd('/');
        foreach (var part in text.Replace("{{service}}", town.BaseUrl.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal).Replace("{{sandbox}}", sandbox, StringComparison.Ordinal).Split("### ")[1..])
        {
            var lines = part.Split('\n').ToList();
            var name = lines[1].StartsWith("# @name ", StringComparison.Ordinal) ? lines[1]["# @name ".Length..] : null;
            if (name is not null)
                lines.RemoveAt(1);
            var words = lines[1].Split(' ');
            var request = new HttpRequestMessage(HttpMethod.Parse(words[0]), words[1]);
            var blank = lines.IndexOf("", 2) is var found and >= 0 ? found : lines.Count;
            var body = string.Join('\n', lines[Math.Min(blank + 1, lines.Count)..]).Trim();
            if (body.StartsWith("< ", StringComparison.Ordinal))
                body = File.ReadAllText(Path.Combine(Repository.Path("samples"), body[2..]));
            var headers = lines[2..blank].Select(line => line.Split(": ", 2)).ToList();
            if (body.Length > 0)
                request.Content = new StringContent(body, MediaTypeHeaderValue.Parse(headers.Single(header => header[0] == "Content-Type")[1]));
            foreach (var header in headers.Where(header => header[0] != "Content-Type"))
                request.Headers.TryAddWithoutValidation(header[0], header[1]);
            yield return (lines[0], name, request);
        }
    }
}
