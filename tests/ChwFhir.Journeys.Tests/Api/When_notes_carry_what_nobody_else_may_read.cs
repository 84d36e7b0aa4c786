using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Journeys.Delivery;
using NUnit.Framework;

namespace ChwFhir.Journeys.Api;

/// <summary>A marker stands wherever a note has room for a person: it may be in the chart and nowhere in what operators see.</summary>
internal sealed class When_notes_carry_what_nobody_else_may_read
{
    private const string Marker = "Quixquux";

    [Test]
    public async Task It_is_in_no_log_no_trace_no_metric_and_no_problem()
    {
        // Whoever runs the service may collect every trace that any part of it, the framework's too, can make.
        ConcurrentQueue<string> traces = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = trace => traces.Enqueue($"{trace.Source.Name} {trace.OperationName} {trace.DisplayName} {string.Join(' ', trace.TagObjects)} {string.Join(' ', trace.Events.SelectMany(one => one.Tags))} {string.Join(' ', trace.Baggage)}"),
        };
        ActivitySource.AddActivityListener(listener);
        await using var town = await Town.StartAsync();
        var good = Some.Note("Patient/rosa-m", $"{Marker}-good", $"{Marker} told me about her sister {Marker}.");
        good["author"]!["name"] = Marker;
        good["visit"]!["participants"] = new JsonArray(new JsonObject { ["id"] = "p", ["name"] = Marker, ["relationship"] = "sister", ["role"] = "family", ["phone"] = Marker });
        var wrong = Some.Note(Marker, $"{Marker}-wrong", Marker);
        wrong["visit"]!["kind"] = Marker;
        wrong["visit"]!["start"] = Marker;
        wrong["language"] = Marker;
        var elsewhere = Some.Note($"Patient/{Marker}", $"{Marker}-elsewhere", Marker);
        StringBuilder problems = new();

        using var accepted = await town.PostNoteAsync(good.ToJsonString());
        Assert.That((int)accepted.StatusCode, Is.EqualTo(202), await accepted.Content.ReadAsStringAsync());
        await town.SettledAsync($"{Marker}-good");
        foreach (var body in new[] { wrong.ToJsonString(), elsewhere.ToJsonString(), $"{{ \"id\": \"{Marker}\", {Marker}", $"{{ \"narrative\": {Marker} }}" })
        {
            using var refused = await town.PostNoteAsync(body);
            Assert.That((int)refused.StatusCode, Is.InRange(400, 422));
            problems.AppendLine(await refused.Content.ReadAsStringAsync());
        }
        foreach (var path in new[] { $"/api/v1/visit-notes/{Marker}", $"/api/v1/visit-notes?cursor={Marker}&state={Marker}", $"/{Marker}", $"/api/v1/visit-notes?{Marker}=1" })
            problems.AppendLine(await town.Http.GetStringOfAsync(path));
        using var search = await town.Http.PostAsync("/api/v1/patients/search", new StringContent($$"""{ "name": "{{Marker}}", "birthDate": "{{Marker}}" }""", null, "application/json"));
        problems.AppendLine(await search.Content.ReadAsStringAsync());
        await town.TurnAsync("pause", $$"""{ "reason": "{{Marker}}" }""");
        await town.TurnAsync("resume");
        foreach (var part in new[] { "", "/history", "/plan", "/bundle" })
            await town.Http.GetStringAsync($"/api/v1/visit-notes/{Marker}-good{part}");
        var delivery = await town.Http.GetStringAsync("/api/v1/delivery");
        var metrics = await town.Http.GetStringAsync("/metrics");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(problems.ToString(), Does.Not.Contain(Marker).IgnoreCase);
            Assert.That(metrics, Does.Not.Contain(Marker).IgnoreCase.And.Not.Contain("rosa-m"));
            Assert.That(town.Log.Text, Does.Not.Contain(Marker).IgnoreCase.And.Not.Contain("rosa-m"));
            Assert.That(town.Log.Lines, Is.Not.Empty, "nothing was captured");
            // The callers of this test trace their own requests.
            Assert.That(traces.Where(trace => !trace.Contains($"url.full, {town.BaseUrl}", StringComparison.Ordinal)).Where(trace => trace.Contains(Marker, StringComparison.OrdinalIgnoreCase) || trace.Contains("rosa-m", StringComparison.Ordinal)), Is.Empty);
            Assert.That(traces, Has.Some.StartsWith("ChwFhir.WriteBack try note").And.Some.StartsWith("ChwFhir.Ehr POST"), "nothing was traced");
            Assert.That(delivery, Does.Not.Contain(Marker).IgnoreCase.And.Not.Contain("rosa-m"));
        }
    }
}
