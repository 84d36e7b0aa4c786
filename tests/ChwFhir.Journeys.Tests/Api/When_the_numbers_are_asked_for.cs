using System.Text.RegularExpressions;
using ChwFhir.Journeys.Delivery;
using NUnit.Framework;

namespace ChwFhir.Journeys.Api;

/// <summary>The exposition format: https://prometheus.io/docs/instrumenting/exposition_formats/</summary>
internal sealed partial class When_the_numbers_are_asked_for
{
    private string[] lines = null!;
    private string contentType = null!;

    [OneTimeSetUp]
    public async Task Ask()
    {
        await using var town = await Town.StartAsync();
        await town.Http.GetAsync("/health/live");
        var note = Some.Note();
        using var taken = await town.PostNoteAsync(note.ToJsonString());
        await town.SettledAsync((string)note["id"]!);
        await town.TurnAsync("pause");
        var answer = await town.Http.GetAsync("/metrics");
        contentType = answer.Content.Headers.ContentType!.ToString();
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(text, Does.EndWith("\n"));
        lines = text.TrimEnd('\n').Split('\n');
    }

    [Test]
    public void They_come_as_Prometheus_text() => Assert.That(contentType, Is.EqualTo("text/plain; version=0.0.4; charset=utf-8"));

    [Test]
    public void Every_line_follows_the_grammar() =>
        Assert.That(lines.Where(line => !Help().IsMatch(line) && !Type().IsMatch(line) && !Sample().IsMatch(line)), Is.Empty);

    [Test]
    public void Every_family_has_one_head_and_stands_together()
    {
        var heads = lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToList();
        var families = lines.Where(line => line[0] != '#').Select(line => Family(line, heads)).ToList();
        var blocks = families.Where((family, place) => place == 0 || families[place - 1] != family).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(heads, Is.Unique);
            Assert.That(blocks, Is.Unique);
            Assert.That(blocks, Is.EqualTo(heads));
        }
    }

    [Test]
    public void No_line_stands_twice() => Assert.That(lines.Where(line => line[0] != '#').Select(line => line[..line.LastIndexOf(' ')]), Is.Unique);

    [Test]
    public void A_histogram_counts_upwards_to_its_count()
    {
        var buckets = lines.Where(line => line.StartsWith("http_server_request_duration_seconds_bucket", StringComparison.Ordinal) && line.Contains("/health/live", StringComparison.Ordinal)).ToList();
        var counts = buckets.Select(line => long.Parse(line[(line.LastIndexOf(' ') + 1)..])).ToList();
        var count = lines.Single(line => line.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal) && line.Contains("/health/live", StringComparison.Ordinal));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(counts, Is.Ordered);
            Assert.That(buckets[^1], Does.Contain("le=\"+Inf\""));
            Assert.That(counts[^1], Is.EqualTo(long.Parse(count[(count.LastIndexOf(' ') + 1)..])).And.GreaterThan(0));
        }
    }

    [TestCase("chwfhir_notes{state=\"queued\"}")]
    [TestCase("chwfhir_notes{state=\"needs-attention\"}")]
    [TestCase("chwfhir_notes_oldest_waiting_seconds")]
    [TestCase("chwfhir_notes_unknown")]
    [TestCase("chwfhir_notes_looked_for")]
    [TestCase("chwfhir_messages_not_opened")]
    [TestCase("chwfhir_messages_overdue")]
    [TestCase("chwfhir_lanes_held")]
    [TestCase("chwfhir_instances_writing")]
    [TestCase("chwfhir_notes_received_total{answer=\"accepted\"}")]
    [TestCase("chwfhir_notes_total{state=\"written\"}")]
    [TestCase("chwfhir_notes_age_seconds_count")]
    [TestCase("chwfhir_writes_total{outcome=\"done\"}")]
    [TestCase("chwfhir_write_steps_total{type=\"Encounter\",outcome=\"written\"}")]
    [TestCase("chwfhir_ehr_request_duration_seconds_count{method=\"POST\",type=\"system\",interaction=\"transaction\",answer=\"2xx\"}")]
    [TestCase("chwfhir_ehr_held{what=\"reads\"}")]
    [TestCase("chwfhir_ehr_held{what=\"writes\"}")]
    [TestCase("chwfhir_store_commit_duration_seconds_count")]
    [TestCase("chwfhir_store_commit_writes_count")]
    [TestCase("process_cpu_seconds_total")]
    [TestCase("process_resident_memory_bytes")]
    public void The_ones_that_matter_are_there(string series) =>
        Assert.That(lines, Has.Some.StartsWith(series + " "));

    [Test]
    public void A_stop_shows() => Assert.That(lines, Has.Some.EqualTo("chwfhir_ehr_held{what=\"stopped\"} 1"));

    private static string Family(string line, List<string> heads)
    {
        var name = line[..line.IndexOfAny(['{', ' '])];
        return heads.Contains(name) ? name : Suffix().Replace(name, "");
    }

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"^# HELP [a-zA-Z_:][a-zA-Z0-9_:]* ([^\\]|\\\\|\\n)*$")]
    private static partial Regex Help();

    [GeneratedRegex("^# TYPE [a-zA-Z_:][a-zA-Z0-9_:]* (counter|gauge|histogram|summary|untyped)$")]
    private static partial Regex Type();

    [GeneratedRegex("""^[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\\\|\\"|\\n)*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\\\|\\"|\\n)*")*\})? (-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?|\+Inf|-Inf|NaN)$""")]
    private static partial Regex Sample();
}
