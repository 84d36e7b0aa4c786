using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using ChwFhir.Access;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.Journeys.SmartApp.WriteVisit;

/// <summary>A site that compares every note with the chart, and a chart that is silent: a visit is begun, kept and sent all the same.</summary>
internal sealed class When_the_chart_does_not_say_who_it_is
{
    private const string Form = "/patients/p1/visit/new";
    private LaunchedTown town = null!;
    private PlainBrowser browser = null!;
    private Visitor dolores = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        town = await LaunchedTown.StartAsync(("Auth__Panel", "open"), ("Intake__RequirePatientCheck", "true"));
        town.Ehr.Chart["Practitioner/chw-1"] = ScriptedEhr.Json("""{"resourceType":"Practitioner","id":"chw-1","name":[{"text":"Dolores Example"}]}""");
        dolores = await AppTown.BeginAsync(town.Town, new Session
        {
            Kind = CallerKind.SmartLaunch, Iss = town.Ehr.FhirBase, Subject = $"{town.Ehr.Issuer}|chw-1", Name = "Dolores", Roles = [Role.Chw], Practitioner = "Practitioner/chw-1", Patient = "Patient/p1", FormToken = "form-token", AccessToken = "at-1",
        });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (town is not null)
            await town.DisposeAsync();
    }

    [SetUp]
    public void Come()
    {
        browser = town.Browser();
        browser.Cookies.Add((SessionDesk.Cookie, dolores.Session, dolores.Secret));
    }

    [TearDown]
    public void Leave()
    {
        browser.Dispose();
        town.Ehr.Failing.Clear();
        town.Ehr.Delay = TimeSpan.Zero;
    }

    [Test]
    public async Task The_visit_is_taken()
    {
        town.Ehr.Failing["Patient"] = 503;
        var fields = await BeginAsync();
        Assert.That(fields["check.birthDate"] + fields["check.familyName"], Is.Empty);
        fields["narrative"] = "She was at home.";

        var sent = await SendAsync(fields, "send");

        Assert.That(sent.Onward?.OriginalString, Does.EndWith($"/visit/{fields["id"]}"), sent.Text);
    }

    [TestCase(503, true)]
    [TestCase(null, false)]
    public async Task Whoever_wrote_it_is_told_that_it_was_compared_with_nobody(int? failing, bool isTold)
    {
        if (failing is { } status)
            town.Ehr.Failing["Patient"] = status;
        var fields = await BeginAsync();
        town.Ehr.Failing.Clear();
        fields["narrative"] = "She was at home.";
        await SendAsync(fields, "send");

        foreach (var place in new[] { $"/visit/{fields["id"]}", $"/visits/{fields["id"]}" })
            Assert.That((await browser.GetAsync(dolores.Session + "/patients/p1" + place)).Text.Contains("birth date and name were not compared", StringComparison.Ordinal), Is.EqualTo(isTold), place);
    }

    [Test]
    public async Task The_same_form_is_one_visit_though_it_comes_twice_at_once()
    {
        var fields = await BeginAsync();
        fields["narrative"] = "Sent with two clicks.";

        var sent = await Task.WhenAll(SendAsync(fields, "send"), SendAsync(fields, "send"));

        Assert.That(sent.Select(one => one.Onward?.OriginalString), Is.All.EndsWith($"/visit/{fields["id"]}"));
    }

    [Test]
    public async Task Nothing_that_a_phone_needs_waits_for_it()
    {
        town.Ehr.Delay = TimeSpan.FromSeconds(6);
        var clock = Stopwatch.StartNew();

        var form = await browser.GetAsync(dolores.Session + Form);
        var here = JsonNode.Parse((await browser.GetAsync(dolores.Session + Form + "/here")).Text)!;

        Assert.That(form.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((string?)here["key"], Has.Length.EqualTo(43));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public async Task A_form_that_names_no_patient_is_refused()
    {
        var fields = await BeginAsync();
        fields["narrative"] = "Whose is this?";
        fields.Remove("for");

        Assert.That((await SendAsync(fields, "send")).Status, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task A_form_that_is_too_large_says_so_and_is_no_forgery()
    {
        var fields = await BeginAsync();
        foreach (var i in Enumerable.Range(0, 2000))
            fields[$"goals.0.steps.{i}.text"] = "Call";
        Assert.That((await SendAsync(fields, "look")).Status, Is.EqualTo(HttpStatusCode.OK).Or.EqualTo((HttpStatusCode)422), "more than a visit ever has");

        foreach (var i in Enumerable.Range(2000, 8000))
            fields[$"goals.0.steps.{i}.text"] = "Call";
        var sent = await SendAsync(fields, "send");

        Assert.That(sent.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(sent.Text, Does.Contain("This is too much to send at once").And.Contains("nothing is lost"));
    }

    [Test]
    public async Task After_the_session_every_answer_is_given_back()
    {
        var fields = await BeginAsync();
        fields["symptom.pain.score"] = "9";
        fields["needs.0.domain"] = "food-insecurity";
        browser.Cookies.Clear();

        var sent = await SendAsync(fields, "send");

        Assert.That(sent.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(new HtmlParser().ParseDocument(sent.Text).QuerySelector("#lost")!.TextContent, Does.Contain("Pain: 9").And.Contains("Food"));
    }

    // What stands in the form as a browser without script would post it.
    private async Task<Dictionary<string, string>> BeginAsync()
    {
        var page = await browser.GetAsync(dolores.Session + Form);
        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK), page.Text);
        return new HtmlParser().ParseDocument(page.Text).QuerySelectorAll("[data-visit-form] :is(input[type=hidden], [name=date], [name=start])").ToDictionary(one => one.GetAttribute("name")!, one => one.GetAttribute("value") ?? "");
    }

    private Task<Seen> SendAsync(Dictionary<string, string> fields, string word) => browser.PostAsync(dolores.Session + Form, [.. fields.Select(field => (field.Key, field.Value)), ("do", word)]);
}
