using NUnit.Framework;

namespace ChwFhir.Journeys.Attacks;

internal sealed class When_addresses_and_headers_are_forged
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [TestCase("/assets/../appsettings.json")]
    [TestCase("/assets/../../../../../../etc/passwd")]
    [TestCase("/assets/..%2f..%2f..%2f..%2fetc%2fpasswd")]
    [TestCase("/assets/%2e%2e/%2e%2e/etc/passwd")]
    [TestCase("/assets/..\\..\\ChwFhir.Api.dll")]
    [TestCase("/assets//etc/passwd")]
    [TestCase("/app/assets/..%2f..%2fappsettings.json")]
    [TestCase("/app/assets/..%5c..%5cappsettings.json")]
    [TestCase("/swagger/../appsettings.json")]
    [TestCase("/swagger/..%2f..%2fchwfhir.db")]
    [TestCase("/api/v1/schema/..%2f..%2f..%2fetc%2fpasswd")]
    [TestCase("/api/v1/schema/questionnaires/..%2f..%2f..%2fetc%2fpasswd")]
    [TestCase("/App_Data/chwfhir.db")]
    [TestCase("/keys/")]
    public async Task No_path_leads_out_of_what_is_served(string path)
    {
        var answer = await RawHttp.SendAsync(town.BaseUrl, RawHttp.Get(path));

        Assert.That(RawHttp.StatusOf(answer), Is.EqualTo(404).Or.EqualTo(400), answer);
        Assert.That(answer, Does.Not.Contain("root:").And.Not.Contain("SQLite format").And.Not.Contain("\"Logging\""));
    }

    [TestCase("?sample=..%2f..%2f..%2fetc%2fpasswd")]
    [TestCase("?sample=%2fetc%2fpasswd")]
    public async Task No_sample_leads_out_of_the_samples(string query) =>
        Assert.That(await town.Http.GetStringAsync("/" + query), Does.Not.Contain("root:"));

    [TestCase("/api/v1/visit-notes/x%0d%0aX-Injected:%20yes")]
    [TestCase("/api/v1/visit-notes/x%0aSet-Cookie:%20a=b")]
    [TestCase("/notes/x%0d%0aX-Injected:%20yes")]
    [TestCase("/smart/launch?iss=https://x.example/%0d%0aX-Injected:%20yes&launch=%0d%0aX-Injected:%20yes")]
    [TestCase("/%0d%0aX-Injected:%20yes")]
    public async Task A_line_break_in_an_address_begins_no_header(string path)
    {
        var answer = await RawHttp.SendAsync(town.BaseUrl, RawHttp.Get(path));

        Assert.That(RawHttp.StatusOf(answer), Is.InRange(300, 499), answer + town.Log.Text);
        var head = answer.Split("\r\n\r\n")[0];
        Assert.That(head, Does.Not.Contain("X-Injected: yes").IgnoreCase.And.Not.Contain("Set-Cookie: a=b"));
    }

    [Test]
    public async Task A_line_break_in_an_id_begins_no_header()
    {
        var note = Some.Note("Patient/rosa-m", "a\r\nX-Injected: yes");

        using var answer = await town.PostNoteAsync(note.ToJsonString());

        Assert.That((int)answer.StatusCode, Is.EqualTo(422));
        Assert.That(answer.Headers.Contains("X-Injected"), Is.False);
    }

    [TestCase("X-Chw-Document-Id: a\rX-Injected: yes")]
    [TestCase("X-Chw-Patient: Patient/rosa-m\0")]
    [TestCase("X-Break-Glass: a\nX Injected: yes")]
    public async Task A_header_with_what_no_header_has_is_refused(string header)
    {
        var answer = await RawHttp.SendAsync(town.BaseUrl, RawHttp.Get("/api/v1/visit-notes", header + "\r\n"));

        Assert.That(RawHttp.StatusOf(answer), Is.EqualTo(400), answer);
    }

    [Test]
    public async Task Two_lengths_of_one_body_are_refused()
    {
        var answer = await RawHttp.SendAsync(town.BaseUrl, "POST /api/v1/visit-notes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\n{}GET /api/v1/visit-notes HTTP/1.1\r\n\r\n");

        Assert.That(RawHttp.StatusOf(answer), Is.EqualTo(400), answer);
        Assert.That(answer.Split("HTTP/1.1 "), Has.Length.EqualTo(2), "one answer");
    }

    [TestCase("evil.example")]
    [TestCase("localhost.evil.example")]
    public async Task A_page_elsewhere_that_has_its_name_point_here_is_a_stranger(string host)
    {
        var answer = await RawHttp.SendAsync(town.BaseUrl, $"GET /api/v1/visit-notes HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.That(RawHttp.StatusOf(answer), Is.EqualTo(403), answer);
    }
}
