using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Attacks;

/// <summary>A marker for each kind of secret goes into every place of every route of the OpenAPI document, in calls that succeed and calls that fail.</summary>
internal sealed class When_markers_go_through_every_route
{
    private const string Marker = "Quixquux";
    private static readonly string[] Markers = [Marker, "rosa-m"];

    [Test]
    public async Task None_is_in_a_log_a_metric_a_trace_or_a_problem()
    {
        ConcurrentQueue<string> traces = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = trace => traces.Enqueue($"{trace.Source.Name} {trace.OperationName} {trace.DisplayName} {string.Join(' ', trace.TagObjects)} {string.Join(' ', trace.Events.SelectMany(one => one.Tags))} {string.Join(' ', trace.Baggage)}"),
        };
        ActivitySource.AddActivityListener(listener);
        await using var town = await Town.StartAsync(("Logging__LogLevel__Default", "Debug"));
        var operations = Operations((await town.Http.GetFromJsonAsync<JsonObject>("/swagger/v1/swagger.json"))!).ToList();
        StringBuilder problems = new();
        var answered = new HashSet<string>();

        await SucceedAsync(town);
        foreach (var (method, path, takesBody) in operations)
            foreach (var request in Requests(method, path, takesBody))
                using (request)
                {
                    using var answer = await town.Http.SendAsync(request);
                    answered.Add($"{method} {path} {(int)answer.StatusCode}");
                    Assert.That((int)answer.StatusCode, Is.LessThan(500).Or.EqualTo(503), $"{method} {path}: {await answer.Content.ReadAsStringAsync()}");
                    if ((int)answer.StatusCode >= 400)
                        problems.AppendLine($"{method} {path} {await answer.Content.ReadAsStringAsync()} {answer.Headers}");
                }
        var metrics = await town.Http.GetStringAsync("/metrics");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answered, Has.Count.GreaterThan(operations.Count));
            foreach (var marker in Markers)
            {
                Assert.That(Lines(problems.ToString(), marker), Is.Empty, "problems");
                Assert.That(Lines(metrics, marker), Is.Empty, "metrics");
                Assert.That(Lines(town.Log.Text, marker), Is.Empty, "log");
                // The callers of this test trace their own requests.
                Assert.That(traces.Where(trace => trace.Contains(marker, StringComparison.OrdinalIgnoreCase) && !trace.Contains($"url.full, {town.BaseUrl}", StringComparison.Ordinal)), Is.Empty, "traces");
            }
            Assert.That(town.Log.Lines, Is.Not.Empty, "nothing was logged");
            Assert.That(traces, Is.Not.Empty, "nothing was traced");
        }
    }

    private static async Task SucceedAsync(Town town)
    {
        var note = Some.Note("Patient/rosa-m", $"{Marker}-note", $"{Marker} told me of {Marker}.");
        note["author"]!["name"] = Marker;
        note["messages"] = new JsonArray(new JsonObject { ["id"] = "m", ["to"] = new JsonArray("nurse"), ["urgency"] = "urgent", ["topic"] = "update", ["text"] = Marker });
        using var kept = await town.PostNoteAsync(note.ToJsonString());
        Assert.That((int)kept.StatusCode, Is.EqualTo(202), await kept.Content.ReadAsStringAsync());
        await town.SettledAsync($"{Marker}-note");
        using var summary = new HttpRequestMessage(HttpMethod.Post, "/api/v1/after-visit-summaries") { Content = new StringContent($"After Visit Summary\nFor {Marker}\nInstructions\nCall {Marker}.", null, "text/plain") };
        summary.Headers.Add("X-Chw-Patient", "Patient/rosa-m");
        summary.Headers.Add("X-Chw-Document-Id", $"{Marker}-avs");
        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/patients/rosa-m/messages") { Content = new StringContent($$"""{ "id": "{{Marker}}", "kind": "report", "to": ["nurse"], "urgency": "routine", "text": "{{Marker}}" }""", null, "application/json") };
        using var imported = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports") { Content = new StringContent($"{Some.Note("Patient/rosa-m", $"{Marker}-line", Marker).ToJsonString()}\n{{ \"{Marker}\n", null, "application/x-ndjson") };
        using var search = new HttpRequestMessage(HttpMethod.Post, "/api/v1/patients/search") { Content = new StringContent($$"""{ "name": "{{Marker}}" }""", null, "application/json") };
        foreach (var request in new[] { summary, message, imported, search })
        {
            using var answer = await town.Http.SendAsync(request);
            Assert.That((int)answer.StatusCode, Is.InRange(200, 202), $"{request.RequestUri}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private static IEnumerable<HttpRequestMessage> Requests(string method, string path, bool takesBody)
    {
        foreach (var id in new[] { $"{Marker}-note", $"{Marker}-nowhere", "1" })
            foreach (var (body, type) in takesBody ? Bodies : [(null, null)])
            {
                var address = path.Replace("{id}", id, StringComparison.Ordinal).Replace("{number}", "1", StringComparison.Ordinal);
                address = address.Replace("{name}", Marker, StringComparison.Ordinal).Replace("{kind}", Marker, StringComparison.Ordinal).Replace("{instrument}", Marker, StringComparison.Ordinal);
                var request = new HttpRequestMessage(new HttpMethod(method), $"{address}?cursor={Marker}&{Marker}=1&patient=Patient/{Marker}&to={Marker}&head={Marker}");
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Marker}");
                request.Headers.TryAddWithoutValidation("If-Match", $"\"{Marker}\"");
                request.Headers.TryAddWithoutValidation("X-Chw-Patient", $"Patient/{Marker}");
                request.Headers.TryAddWithoutValidation("X-Chw-Document-Id", Marker);
                request.Headers.TryAddWithoutValidation("X-Break-Glass", Marker);
                if (id == "1")
                    request.Headers.TryAddWithoutValidation("X-Dev-Role", Marker);
                if (id.EndsWith("nowhere", StringComparison.Ordinal))
                    request.Headers.TryAddWithoutValidation("X-Purpose-Of-Use", Marker);
                if (body is not null)
                {
                    request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                }
                yield return request;
            }
    }

    private static readonly (string? Body, string? Type)[] Bodies =
    [
        ($$"""{ "id": "{{Marker}}", "narrative": "{{Marker}}", "patient": { "reference": "Patient/{{Marker}}" }, "reason": "{{Marker}}", "key": "{{Marker}}", "decision": "{{Marker}}", "text": "{{Marker}}" }""", "application/json"),
        ($$"""{ "resourceType": "QuestionnaireResponse", "status": "{{Marker}}", "subject": { "reference": "Patient/{{Marker}}" }, "language": "{{Marker}}" }""", "application/fhir+json"),
        ($$"""{ "{{Marker}}": {{Marker}}""", "application/json"),
        ($"<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>{Marker}</title><{Marker}", "application/cda+xml"),
        ($"MSH|^~\\&|A|B|||20261103||MDM^T02|7|P|2.5\rPID|1||{Marker}", "x-application/hl7-v2+er7"),
        (Marker, $"application/{Marker}"),
    ];

    private static IEnumerable<(string Method, string Path, bool TakesBody)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        where method.Key is "get" or "post" or "put" or "delete" or "patch"
        select (method.Key.ToUpperInvariant(), path.Key, method.Value!["requestBody"] is not null);

    private static IEnumerable<string> Lines(string text, string marker) => text.Split('\n').Where(line => line.Contains(marker, StringComparison.OrdinalIgnoreCase)).Take(5);
}
