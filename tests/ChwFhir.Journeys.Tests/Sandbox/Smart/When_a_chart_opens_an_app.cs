using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox.Smart;

public sealed class When_a_chart_opens_an_app
{
    private SmartSandbox shared = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => shared = await SmartSandbox.StartAsync();

    [OneTimeTearDown]
    public async Task CloseAsync() => await shared.DisposeAsync();

    [Test]
    public async Task The_list_of_patients_leads_to_the_chart_and_the_chart_to_the_app()
    {
        var sandbox = shared;

        var list = await sandbox.Http.GetStringAsync("/patients");
        var chart = await sandbox.Http.GetAsync("/charts/rosa-m");
        var page = await chart.Content.ReadAsStringAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(list, Does.Contain("<a href=\"/charts/rosa-m\">Rosa Maldonado</a>"));
            Assert.That(page, Does.Contain("Launch An app").And.Contain("formtarget=\"_blank\"").And.Contain("value=\"rosa-m-home-1\"").And.Contain("/api/FHIR/R4/Encounter?patient=rosa-m"));
            Assert.That(page, Does.Contain("value=\"chw-1\"").And.Not.Contain("value=\"chw-2\""), "only who may open the chart");
            Assert.That(chart.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("form-action 'self' https://app.example"));
        }
    }

    [Test]
    public async Task In_a_frame_the_app_gets_issuer_and_handle()
    {
        var sandbox = shared;

        var answer = await sandbox.Http.GetAsync("/charts/rosa-m/launch?user=chw-1&encounter=rosa-m-home-1&in=frame");
        var page = await answer.Content.ReadAsStringAsync();
        var source = new Uri(WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(page, "<iframe [^>]*src=\"([^\"]+)\"").Groups[1].Value));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(source.GetLeftPart(UriPartial.Path), Is.EqualTo("https://app.example/launch"));
            Assert.That(QueryHelpers.ParseQuery(source.Query)["iss"].ToString(), Is.EqualTo(sandbox.Base));
            Assert.That(QueryHelpers.ParseQuery(source.Query)["launch"].ToString(), Has.Length.GreaterThanOrEqualTo(22));
            Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("frame-src https://app.example 'self'"));
            Assert.That(page, Does.Contain("Rosa Maldonado").And.Contain("1963-04-02"), "the EHR's own banner stays above the app");
        }
    }

    [TestCase("/charts/rosa-m/launch?user=chw-2&in=window", 400)]
    [TestCase("/charts/rosa-m/launch?user=nobody&in=window", 400)]
    [TestCase("/charts/rosa-m/launch?user=chw-1&encounter=walter-b-home-1&in=window", 400)]
    [TestCase("/charts/rosa-m/launch?user=chw-1&app=other&in=window", 400)]
    [TestCase("/charts/dana-w", 403)]
    [TestCase("/charts/dana-w/launch?user=sup-1&in=window", 403)]
    [TestCase("/charts/nobody", 404)]
    public async Task What_is_not_there_or_not_allowed_opens_nothing(string path, int status)
    {
        var sandbox = shared;

        var answer = await sandbox.Http.GetAsync(path);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Headers.Location, Is.Null);
    }

    [TestCase("/charts/dana-w/launch?user=sup-1&in=window", "This chart is restricted", "/patients")]
    [TestCase("/charts/rosa-m/launch?user=dana-w&in=window", "There is no user dana-w; patients do not sign in here.", "/charts/rosa-m")]
    public async Task Why_nothing_is_opened_is_said_with_a_way_on(string path, string said, string way)
    {
        var page = await shared.Http.GetStringOfAsync(path);

        Assert.That(page, Does.Contain(said).And.Contain($"href=\"{way}\""));
    }
}
