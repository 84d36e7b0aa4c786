using System.Net;
using ChwFhir.Journeys.Audit;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ChwFhir.Journeys.SmartApp;

internal sealed class When_a_CHW_signs_in_without_the_EHR
{
    private ScriptedEhr ehr = null!;
    private Town town = null!;
    private PlainBrowser browser = null!;
    private string[] roles = [];
    private string practitioner = "Practitioner/chw-1";

    [OneTimeSetUp]
    public async Task Start()
    {
        ehr = await ScriptedEhr.StartAsync();
        town = await Town.StartAsync(("Ehr__BaseUrl", ehr.FhirBase), ("App__SignIn", "oidc"), ("App__OpenId__Authority", ehr.Issuer), ("App__OpenId__ClientId", "chwfhir-app"), ("Auth__Withhold", "SUD"));
        ehr.Configuration = said => said["authorization_endpoint"] = $"{ehr.Root.AbsoluteUri}authorize?tenant=1";
        ehr.IdToken = descriptor =>
        {
            (descriptor.Claims["fhirUser"], descriptor.Claims["name"], descriptor.Claims["roles"]) = (practitioner, "Dolores Example", roles);
            return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
        };
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (town is not null)
            await town.DisposeAsync();
        if (ehr is not null)
            await ehr.DisposeAsync();
    }

    [SetUp]
    public void Fresh()
    {
        browser = new PlainBrowser(town.BaseUrl);
        roles = ["chw"];
        practitioner = "Practitioner/chw-1";
    }

    [TearDown]
    public void Leave() => browser?.Dispose();

    [Test]
    public async Task They_see_the_patients_of_their_own_notes_and_nobody_elses()
    {
        ehr.Chart["Patient/p2"] = ScriptedEhr.Json("""{"resourceType":"Patient","id":"p2","name":[{"text":"Walter Other"}]}""");
        await PostAsync("n-1", "Patient/p1", "Practitioner/chw-1");
        await PostAsync("n-2", "Patient/p2", "Practitioner/chw-2");

        var page = await browser.GetAsync((await SignInAsync()).Onward!.OriginalString);

        Assert.That(page.Text, Does.Contain("My patients").And.Contain("Dolores Example").And.Contain("Rosa Example").And.Not.Contain("Walter"));
    }

    [Test]
    public async Task They_find_a_patient_by_a_part_of_the_name_and_it_stands_in_no_address()
    {
        await PostAsync("n-find", "Patient/p1", "Practitioner/chw-1");
        var session = (await SignInAsync()).Onward!.OriginalString;
        var token = (await browser.GetAsync(session)).Field("t");

        var found = await browser.PostAsync($"{session}/patients", ("t", token), ("name", "exampl RÓSA"));
        var none = await browser.PostAsync($"{session}/patients", ("t", token), ("name", "Walter"));
        var forged = await browser.PostAsync($"{session}/patients", ("name", "Rosa"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Text, Does.Contain("Rosa Example</a>").And.Contain("no next visit agreed"));
            Assert.That(none.Text, Does.Contain("Nobody of your patients has this in their name.").And.Not.Contain("Rosa Example"));
            Assert.That(forged.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        }
    }

    [Test]
    public async Task Whoever_has_very_many_finds_each_of_them_and_comes_to_each()
    {
        practitioner = "Practitioner/chw-busy";
        for (var number = 1; number <= 120; number++)
        {
            ehr.Chart[$"Patient/many-{number:000}"] = ScriptedEhr.Json($$"""{"resourceType":"Patient","id":"many-{{number:000}}","name":[{"text":"Person{{number:000}} Many"}]}""");
            await PostAsync($"n-many-{number}", $"Patient/many-{number:000}", practitioner);
        }
        ehr.Heard.Clear();
        var session = (await SignInAsync()).Onward!.OriginalString;
        var token = (await browser.GetAsync(session)).Field("t");
        var asked = ehr.Heard.Where(request => request.StartsWith("GET /fhir/Patient/many-", StringComparison.Ordinal)).Distinct().Count();

        var found = await browser.PostAsync($"{session}/patients", ("t", token), ("name", "person117"));
        var first = await browser.GetAsync($"{session}/patients");
        var last = await browser.GetAsync($"{session}/patients?page=3");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Is.EqualTo(50), "those who stand on the page, and nobody else");
            Assert.That(found.Text, Does.Contain("Person117 Many</a>").And.Contain("Found for what you wrote: 1"));
            Assert.That(first.Text, Does.Contain("1 to 50 of 120").And.Contain("Person001 Many").And.Contain("/patients?page=2").And.Not.Contain("Person051"));
            Assert.That(last.Text, Does.Contain("101 to 120 of 120").And.Contain("Person120 Many").And.Contain("/patients?page=2").And.Not.Contain("/patients?page=4"));
        }
    }

    [Test]
    public async Task Whoever_is_named_late_stands_on_their_page_all_the_same()
    {
        practitioner = "Practitioner/chw-late";
        for (var number = 1; number <= 60; number++)
        {
            ehr.Chart[$"Patient/late-{number:00}"] = ScriptedEhr.Json($$"""{"resourceType":"Patient","id":"late-{{number:00}}"}""");
            await PostAsync($"n-late-{number}", $"Patient/late-{number:00}", practitioner);
        }

        var first = await browser.GetAsync((await SignInAsync()).Onward!.OriginalString);
        for (var number = 1; number <= 60; number++)
            ehr.Chart[$"Patient/late-{number:00}"]["name"] = ScriptedEhr.Json($$"""[{"text":"Person{{100 - number}} Late"}]""");
        var second = await browser.GetAsync($"{(await SignInAsync()).Onward!.OriginalString}/patients?page=2");

        Assert.That(second.Text, Does.Contain("51 to 60 of 60").And.Contain("Late</a>"));
        Assert.That(Enumerable.Range(1, 60).Select(number => $"/patients/late-{number:00}\"").Where(address => !(first.Text + second.Text).Contains(address, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task A_search_says_how_many_charts_it_could_not_look_through()
    {
        practitioner = "Practitioner/chw-silent";
        await PostAsync("n-silent", "Patient/p1", practitioner);
        var session = (await SignInAsync()).Onward!.OriginalString;
        ehr.Failing["Patient"] = 503;
        try
        {
            var token = (await browser.GetAsync(session)).Field("t");

            var found = await browser.PostAsync($"{session}/patients", ("t", token), ("name", "Rosa"));

            Assert.That(found.Text, Does.Contain("1 chart has not said yet who it is, and was not looked through."));
        }
        finally
        {
            ehr.Failing.Clear();
        }
    }

    [Test]
    public async Task Each_patient_whom_they_are_shown_is_in_the_audit_log()
    {
        await PostAsync("n-audit", "Patient/p1", "Practitioner/chw-1");

        await browser.GetAsync((await SignInAsync()).Onward!.OriginalString);

        Assert.That((await town.AuditAsync()).Where(item => (string?)item["name"] == "Dolores Example").Select(item => $"{item["action"]} {item["kind"]} {item["patient"]} {item["outcome"]}"), Does.Contain("read patient Patient/p1 success"));
    }

    [TestCase("R")]
    [TestCase("SUD")]
    public async Task Somebody_whose_chart_is_restricted_is_not_named(string label)
    {
        ehr.Chart["Patient/p3"] = ScriptedEhr.Json($$"""{"resourceType":"Patient","id":"p3","meta":{"security":[{"code":"{{label}}"} ] },"name":[{"text":"Hidden Person"}],"birthDate":"1951-07-09"}""");
        await PostAsync($"n-{label}", "Patient/p3", "Practitioner/chw-1");

        var page = await browser.GetAsync((await SignInAsync()).Onward!.OriginalString);

        Assert.That(page.Text, Does.Contain("Rosa Example").Or.Contain("My patients"));
        Assert.That(page.Text, Does.Not.Contain("Hidden Person").And.Not.Contain("1951"));
    }

    [Test]
    public async Task Signed_out_they_are_told_the_way_in_that_is_theirs()
    {
        var session = (await SignInAsync()).Onward!.OriginalString;

        var page = await browser.PostAsync($"{session}/sign-out", ("t", (await browser.GetAsync(session)).Field("t")));
        var later = await browser.GetAsync(session);

        foreach (var text in new[] { page.Text, later.Text })
            Assert.That(text, Does.Contain("href=\"/app/sign-in\"").And.Not.Contain("from the patient"));
    }

    [Test]
    public async Task The_issuer_is_asked_as_OpenID_Connect_has_it()
    {
        var asked = (await AskAsync()).OnwardQuery;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked["tenant"], Is.EqualTo("1"));
            Assert.That(asked["scope"], Is.EqualTo("openid profile"));
            Assert.That(asked["redirect_uri"], Is.EqualTo($"{town.BaseUrl.AbsoluteUri.TrimEnd('/')}/app/callback"));
            Assert.That(asked["code_challenge_method"], Is.EqualTo("S256"));
            Assert.That(asked.Keys, Has.None.EqualTo("aud").And.None.EqualTo("launch"));
        }
    }

    [Test]
    public async Task Without_a_role_nobody_comes_in()
    {
        roles = ["gardener"];

        var back = await SignInAsync();

        Assert.That(back.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(back.Text, Does.Contain("has no role here"));
    }

    [Test]
    public async Task An_issuer_that_calls_itself_otherwise_is_not_asked()
    {
        await using var other = await ScriptedEhr.StartAsync();
        await using var strict = await Town.StartAsync(("Ehr__BaseUrl", other.FhirBase), ("App__SignIn", "oidc"), ("App__OpenId__Authority", other.Issuer), ("App__OpenId__ClientId", "chwfhir-app"));
        other.Configuration = said => said["issuer"] = "https://other.example";
        using var somebody = new PlainBrowser(strict.BaseUrl);
        var begun = await somebody.GetAsync("/app/sign-in");

        var page = await somebody.GetAsync(begun.Onward!.OriginalString);

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.BadGateway));
        Assert.That(page.Onward, Is.Null);
    }

    [Test]
    public async Task A_launch_from_the_EHR_is_not_taken_where_it_is_not_set_up()
    {
        var page = await browser.GetAsync($"/smart/launch?iss={Uri.EscapeDataString(ehr.FhirBase)}&launch=l");

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await browser.GetAsync("/app")).Text, Does.Contain("Sign in without an EHR account").And.Not.Contain("Choose a patient"));
    }

    private async Task<Seen> AskAsync()
    {
        var begun = await browser.GetAsync("/app/sign-in");
        var asked = await browser.GetAsync(begun.Onward!.OriginalString);
        ehr.Nonce = asked.OnwardQuery["nonce"];
        return asked;
    }

    private async Task<Seen> SignInAsync() => await browser.GetAsync($"/app/callback?code=c&state={(await AskAsync()).OnwardQuery["state"]}");

    private async Task PostAsync(string id, string patient, string author)
    {
        using var answer = await town.PostNoteAsync($$"""{"id":"{{id}}","patient":{"reference":"{{patient}}"},"author":{"reference":"{{author}}"},"visit":{"start":"2026-11-03T14:05:00-05:00"},"narrative":"About {{id}}."}""");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }
}
