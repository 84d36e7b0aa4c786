using System.Text.RegularExpressions;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_a_chart_of_the_strict_sandbox_is_not_open
{
    private RunningSandbox sandbox = null!;

    [OneTimeSetUp]
    public async Task Start() => sandbox = await StrictSandbox.StartAsync();

    [OneTimeTearDown]
    public ValueTask Stop() => sandbox.DisposeAsync();

    [TestCase("oskar-d", 410, "4103")]
    [TestCase("quinn-f", 403, "4118")]
    [TestCase("pia-e", 403, "4130")]
    [TestCase("dana-w", 403, "4131")]
    public async Task Reading_it_is_refused_with_its_number(string patient, int status, string number) =>
        await StrictSandbox.AssertRefusedAsync(await sandbox.Http.GetAsync($"Patient/{patient}"), status, number);

    [TestCase("oskar-d", 400, "4103")]
    [TestCase("marion-o-old", 400, "4107")]
    [TestCase("quinn-f", 403, "4118")]
    [TestCase("pia-e", 403, "4130")]
    [TestCase("dana-w", 403, "4131")]
    public async Task Looking_into_it_and_writing_to_it_are_refused_with_its_number(string patient, int status, string number)
    {
        await StrictSandbox.AssertRefusedAsync(await sandbox.Http.GetAsync($"Encounter?patient={patient}"), status, number);
        await StrictSandbox.AssertRefusedAsync(await sandbox.Http.GetAsync($"Condition?patient=Patient/{patient}"), status, number);
        await StrictSandbox.AssertRefusedAsync(await sandbox.SendAsync(HttpMethod.Post, "DocumentReference", StrictSandbox.Note(patient: patient, encounter: $"{patient}-home-1").ToJsonString()), status, number);
    }

    [Test]
    public async Task A_merged_one_leads_to_the_surviving_one_and_says_so()
    {
        var response = await sandbox.Http.GetAsync("Patient/marion-o-old");

        await StrictSandbox.AssertRefusedAsync(response, 301, "4107");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Headers.Location, Is.EqualTo(new Uri($"{sandbox.BaseUrl}/Patient/marion-o")));
            Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("Patient/marion-o."));
        }
    }

    [Test]
    public async Task One_visit_of_an_open_chart_may_be_closed_for_itself()
    {
        var found = await sandbox.GetAsync("Encounter?patient=nadia-b&date=2026-11-20");

        await StrictSandbox.AssertRefusedAsync(await sandbox.Http.GetAsync("Encounter/nadia-b-psychiatry-1"), 403, "4130");
        await StrictSandbox.AssertRefusedAsync(await sandbox.SendAsync(HttpMethod.Post, "DocumentReference", StrictSandbox.Note(patient: "nadia-b", encounter: "nadia-b-psychiatry-1").ToJsonString()), 403, "4130");
        Assert.That(StrictSandbox.Matches(found), Is.Empty, "and a search says nothing of it");
    }

    [Test]
    public async Task A_wide_search_leaves_it_out()
    {
        foreach (var family in new[] { "Dahl", "Foster", "Engel", "Whitlock" })
            Assert.That(StrictSandbox.Matches(await sandbox.GetAsync($"Patient?family={family}")), Is.Empty, family);
    }

    [Test]
    public async Task A_chart_of_which_there_is_more_says_so_at_each_search()
    {
        var found = await sandbox.GetAsync("Encounter?patient=rhea-g");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(StrictSandbox.Matches(found), Is.EqualTo(["rhea-g-home-1"]));
            Assert.That(StrictSandbox.Remarks(found), Is.EqualTo(["4119"]));
        }
    }

    [TestCase("2026-11-10", "nadia-b-home-1")]
    [TestCase("2026-11-11", "")]
    [TestCase("2026-11-12", "nadia-b-home-2,nadia-b-home-3")]
    [TestCase("2026-11-13", "nadia-b-ed-1")]
    [TestCase("2026-11-14", "nadia-b-oncology-1")]
    [TestCase("2026-11-16", "nadia-b-home-cancelled")]
    public async Task There_is_a_patient_with_visits_of_every_kind(string day, string visits)
    {
        var found = await sandbox.GetAsync($"Encounter?patient=nadia-b&date=ge{day}T00:00:00-05:00&date=le{day}T23:59:59-05:00");

        Assert.That(StrictSandbox.Matches(found), Is.EqualTo(visits.Split(',', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public async Task The_open_sandbox_does_not_know_these_charts()
    {
        await using var open = await RunningSandbox.StartAsync(options => options with { Seed = true });

        Assert.That((int)(await open.Http.GetAsync("Patient/pia-e")).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task A_store_that_was_filled_by_an_open_one_gets_them()
    {
        await using var open = await RunningSandbox.StartAsync(options => options with { Seed = true });
        await using var strict = await StrictSandbox.StartAsync(options => options with { Directory = open.Options.Directory });
        await strict.RestartAsync();

        await StrictSandbox.AssertRefusedAsync(await strict.Http.GetAsync("Patient/oskar-d"), 410, "4103");
    }

    [TestCase("rosa-m")]
    [TestCase("walter-b")]
    [TestCase("george-t")]
    public async Task The_ways_from_the_list_of_patients_lead_somewhere(string patient)
    {
        var page = await sandbox.Http.GetStringAsync(new Uri(sandbox.BaseUrl, "/patients"));
        var ways = Regex.Matches(page, $"href=\"(?<way>[^\"]*patient={patient}[^\"]*)\">[a-z ]+ (?<count>\\d+)<").ToList();

        Assert.That(ways, Has.Count.GreaterThan(5));
        foreach (var way in ways)
            Assert.That(StrictSandbox.Matches(await sandbox.GetAsync(way.Groups["way"].Value.Replace("&amp;", "&", StringComparison.Ordinal) + "&_count=500")), Has.Length.EqualTo(int.Parse(way.Groups["count"].Value, null)), way.Groups["way"].Value);
    }

    [Test]
    public async Task The_list_of_patients_has_no_ways_into_a_restricted_one()
    {
        var page = await sandbox.Http.GetStringAsync(new Uri(sandbox.BaseUrl, "/patients"));

        Assert.That(page, Does.Contain("Dana Whitlock").And.Not.Contain("patient=dana-w").And.Contain("patient=rosa-m"));
    }
}
