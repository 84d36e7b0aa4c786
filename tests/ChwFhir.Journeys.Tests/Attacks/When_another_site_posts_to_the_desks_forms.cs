using System.Net;
using System.Text.RegularExpressions;
using ChwFhir.Journeys.Audit;
using NUnit.Framework;

namespace ChwFhir.Journeys.Attacks;

/// <summary>CSRF: the browser of somebody who may is made to send what they did not mean.</summary>
internal sealed partial class When_another_site_posts_to_the_desks_forms
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [TestCase("/?handler=Send")]
    [TestCase("/?handler=Preview")]
    [TestCase("/notes/x?handler=Retry")]
    public async Task A_form_without_the_pages_token_does_nothing(string path)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = town.BaseUrl };
        await browser.GetStringAsync("/");

        using var answer = await browser.PostAsync(path, new FormUrlEncodedContent([new("Note", Some.Note("Patient/rosa-m", "csrf").ToJsonString())]));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((int)(await town.Http.GetAsync("/api/v1/visit-notes/csrf")).StatusCode, Is.EqualTo(404));
        var record = await Eventually.ItIsAsync(async () => (await town.AuditAsync("""{ "action": "attack" }""")).LastOrDefault());
        Assert.That($"{record["kind"]} {record["outcome"]} {record["why"]}", Is.EqualTo("page refused forged-form"));
    }

    [Test]
    public async Task The_token_of_another_browser_does_not_help()
    {
        var token = Token().Match(await town.Http.GetStringAsync("/")).Groups["token"].Value;
        using var victim = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = town.BaseUrl };
        await victim.GetStringAsync("/");

        using var answer = await victim.PostAsync("/?handler=Send", new FormUrlEncodedContent([new("Note", Some.Note("Patient/rosa-m", "csrf-2").ToJsonString()), new("__RequestVerificationToken", token)]));

        Assert.That(token, Is.Not.Empty);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("director")]
    [TestCase("privacy")]
    [TestCase("nurse")]
    public async Task Who_hands_nothing_in_by_the_API_hands_nothing_in_by_the_page(string role)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = town.BaseUrl };
        browser.DefaultRequestHeaders.Add("X-Dev-Role", role);
        var token = Token().Match(await browser.GetStringAsync("/")).Groups["token"].Value;
        var form = new List<KeyValuePair<string, string>> { new("Note", Some.Note("Patient/rosa-m", $"by-{role}").ToJsonString()), new("__RequestVerificationToken", token) };

        using var sent = await browser.PostAsync("/?handler=Send", new FormUrlEncodedContent(form));
        using var previewed = await browser.PostAsync("/?handler=Preview", new FormUrlEncodedContent(form));

        Assert.That((sent.StatusCode, previewed.StatusCode), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)));
        Assert.That((int)(await town.Http.GetAsync($"/api/v1/visit-notes/by-{role}")).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task The_cookie_of_the_forms_goes_to_no_other_site_and_to_no_script()
    {
        using var fresh = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = town.BaseUrl };
        using var page = await fresh.GetAsync("/");

        var cookie = page.Headers.GetValues("Set-Cookie").Single();
        Assert.That(cookie, Does.Contain("samesite=strict").IgnoreCase.And.Contain("httponly").IgnoreCase);
    }

    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("multipart/form-data; boundary=x")]
    public async Task The_API_takes_none_of_the_types_that_a_foreign_form_can_send(string type)
    {
        using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(Some.Note("Patient/rosa-m", "csrf-3").ToJsonString()));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await town.Http.PostAsync("/api/v1/visit-notes", content);

        Assert.That((int)answer.StatusCode, Is.EqualTo(415));
    }

    [TestCase("X-HTTP-Method-Override", "DELETE")]
    [TestCase("X-HTTP-Method-Override", "PUT")]
    [TestCase("X-HTTP-Method", "GET")]
    [TestCase("X-Method-Override", "PUT")]
    public async Task A_method_is_what_it_is_whatever_a_header_says(string header, string method)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/visit-notes/some-note?_method=" + method) { Content = new StringContent("{}", null, "application/json") };
        request.Headers.Add(header, method);

        using var answer = await town.Http.SendAsync(request);

        Assert.That((int)answer.StatusCode, Is.EqualTo(405));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
