using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox.Smart;

public sealed class When_a_token_reaches_only_so_far
{
    private readonly Dictionary<string, SmartSandbox> users = [];
    private SmartSandbox? strict;
    private SmartSandbox shared = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => shared = await SmartSandbox.StartAsync();

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        foreach (var sandbox in users.Values.Append(strict).Append(shared).OfType<SmartSandbox>())
            await sandbox.DisposeAsync();
    }

    [TestCase("Patient/rosa-m", 200)]
    [TestCase("Encounter/rosa-m-home-1", 200)]
    [TestCase("Encounter?patient=rosa-m", 200)]
    [TestCase("Practitioner/chw-1", 200)]
    [TestCase("Patient/walter-b", 403)]
    [TestCase("Patient/walter-b/_history", 403)]
    [TestCase("Patient/walter-b/_history/1", 403)]
    [TestCase("Encounter/walter-b-home-1", 403)]
    [TestCase("Encounter/not-there", 403)]
    [TestCase("Patient?_id=walter-b", 403)]
    [TestCase("Encounter?patient=walter-b", 403)]
    [TestCase("Encounter?patient=Patient/walter-b", 403)]
    [TestCase("Encounter?subject:Patient=walter-b", 403)]
    [TestCase("Encounter?patient=rosa-m,walter-b", 403)]
    [TestCase("Encounter?subject=Patient/walter-b", 403)]
    [TestCase("Encounter?subject=http://HERE/Patient/walter-b", 403)]
    public async Task A_patient_scope_holds_to_the_launched_chart(string path, int status)
    {
        var sandbox = shared;
        var token = await TokenAsync(sandbox);

        var answer = await sandbox.CallAsync(token, HttpMethod.Get, path.Replace("http://HERE", sandbox.Base, StringComparison.Ordinal));

        Assert.That((int)answer.StatusCode, Is.EqualTo(status), await answer.Content.ReadAsStringAsync());
        Assert.That(answer.Headers.WwwAuthenticate.ToString().Contains("insufficient_scope", StringComparison.Ordinal), Is.EqualTo(status == 403));
    }

    [TestCase("Encounter?_count=100", "Encounter/rosa-m")]
    [TestCase("Patient?name=rosa,walter", "Patient/rosa-m")]
    [TestCase("Patient?_sort=birthdate&_total=accurate", "Patient/rosa-m")]
    [TestCase("Encounter?participant=Practitioner/chw-1", "Encounter/rosa-m")]
    [TestCase("Encounter?status=planned,finished,in-progress", "Encounter/rosa-m")]
    [TestCase("CareTeam?participant=Practitioner/chw-1", "CareTeam/rosa-m")]
    public async Task A_wide_search_finds_only_what_is_in_the_chart(string search, string begin)
    {
        var sandbox = shared;

        var bundle = await BundleAsync(sandbox, await TokenAsync(sandbox), search);

        Assert.That(References(bundle), Is.Not.Empty.And.All.StartsWith(begin));
        Assert.That(bundle["total"]!.GetValue<int>(), Is.EqualTo(References(bundle).Length), "also the total tells of nobody else");
    }

    [Test]
    public async Task The_next_page_of_someone_elses_search_shows_nothing_of_another_chart()
    {
        var sandbox = shared;
        var service = await sandbox.ServiceTokenAsync();
        var wide = await BundleAsync(sandbox, service, "Patient?_count=2");
        var next = wide["link"]!.AsArray().Single(link => link!["relation"]!.GetValue<string>() == "next")!["url"]!.GetValue<string>();

        var page = await BundleAsync(sandbox, await TokenAsync(sandbox), next);

        Assert.That(References(await BundleAsync(sandbox, service, next)), Is.Not.Empty);
        Assert.That(References(page), Is.Empty, "rosa-m was on the first page");
    }

    [Test]
    public async Task An_include_brings_only_what_the_scopes_let_see()
    {
        var sandbox = shared;
        var narrow = await TokenAsync(sandbox, "launch/patient patient/Encounter.rs");
        var wide = await TokenAsync(sandbox);

        var without = await BundleAsync(sandbox, narrow, "Encounter?_include=Encounter:patient&_include=Encounter:participant&_revinclude=DocumentReference:encounter");
        var with = await BundleAsync(sandbox, wide, "Encounter?_include=Encounter:patient&_include=Encounter:participant");

        Assert.That(References(without), Has.All.StartsWith("Encounter/"));
        Assert.That(References(with), Does.Contain("Patient/rosa-m").And.Contain("Practitioner/chw-1"));
    }

    [Test]
    public async Task An_include_never_leads_into_another_chart()
    {
        await using var sandbox = await SmartSandbox.StartAsync();
        await sandbox.Fhir.CreateAsync("Basic", """{ "resourceType": "Basic", "id": "b", "code": { "text": "x" }, "subject": { "reference": "Patient/rosa-m" }, "author": { "reference": "Patient/walter-b" } }""");
        var token = await TokenAsync(sandbox);

        var bundle = await BundleAsync(sandbox, token, "Basic?_include=Basic:author&_include=Basic:subject&_include=*");

        Assert.That(References(bundle), Does.Contain("Patient/rosa-m").And.Not.Contain("Patient/walter-b"));
    }

    [Test]
    public async Task A_transaction_cannot_reach_another_chart_and_leaves_nothing_behind()
    {
        await using var sandbox = await SmartSandbox.StartAsync();
        var token = await TokenAsync(sandbox, "launch/patient patient/*.cruds", "writer");
        foreach (var (method, url, body) in new[]
        {
            ("GET", "Patient/walter-b", null),
            ("GET", "Encounter?patient=walter-b", null),
            ("POST", "Basic", """{ "resourceType": "Basic", "code": { "text": "x" }, "subject": { "reference": "Patient/walter-b" } }"""),
            ("POST", "Basic", """{ "resourceType": "Basic", "code": { "text": "x" }, "subject": { "reference": "Patient/rosa-m" }, "author": { "reference": "Patient/walter-b" } }"""),
            ("POST", "Basic", """{ "resourceType": "Basic", "code": { "text": "x" }, "subject": { "reference": "Patient?identifier=urn:oid:2.16.840.1.113883.19.5.90.1|100472" } }"""),
            ("PUT", "Goal/rosa-m-goal-1", """{ "resourceType": "Goal", "id": "rosa-m-goal-1", "lifecycleStatus": "active", "description": { "text": "x" }, "subject": { "reference": "Patient/walter-b" } }"""),
            ("PUT", "Patient/walter-b", """{ "resourceType": "Patient", "id": "walter-b" }"""),
            ("PUT", "Patient?identifier=urn:oid:2.16.840.1.113883.19.5.90.1|100472", """{ "resourceType": "Patient", "gender": "female" }"""),
            ("DELETE", "Encounter/walter-b-home-1", null),
            ("POST", "Organization", """{ "resourceType": "Organization", "name": "x" }"""),
        })
        {
            var entry = new JsonObject { ["request"] = new JsonObject { ["method"] = method, ["url"] = url } };
            if (body is not null)
                entry["resource"] = JsonNode.Parse(body);
            var good = JsonNode.Parse("""{ "resource": { "resourceType": "Basic", "identifier": [{ "value": "left-behind" }], "code": { "text": "x" }, "subject": { "reference": "Patient/rosa-m" } }, "request": { "method": "POST", "url": "Basic" } }""");
            var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "transaction", ["entry"] = new JsonArray(good, entry) };

            var answer = await sandbox.CallAsync(token, HttpMethod.Post, "", bundle.ToJsonString());

            Assert.That((int)answer.StatusCode, Is.AnyOf(403, 412), $"{method} {url}: {await answer.Content.ReadAsStringAsync()}");
        }
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await sandbox.Fhir.IdsAsync("Basic?identifier=left-behind"), Is.Empty);
            Assert.That((await sandbox.Fhir.GetAsync("Patient/walter-b"))["meta"]!["versionId"]!.GetValue<string>(), Is.EqualTo("1"));
            Assert.That(await sandbox.Fhir.IdsAsync("Patient?gender=female&identifier=urn:oid:2.16.840.1.113883.19.5.90.1|100472"), Is.Empty);
        }
    }

    [Test]
    public async Task Each_entry_of_a_batch_is_held_to_the_scopes_by_itself()
    {
        var sandbox = shared;
        var token = await TokenAsync(sandbox);

        var answer = await sandbox.CallAsync(token, HttpMethod.Post, "", """
            { "resourceType": "Bundle", "type": "batch", "entry": [
              { "request": { "method": "GET", "url": "Patient/rosa-m" } },
              { "request": { "method": "GET", "url": "Patient/walter-b" } },
              { "request": { "method": "POST", "url": "Basic" }, "resource": { "resourceType": "Basic", "code": { "text": "x" }, "subject": { "reference": "Patient/rosa-m" } } }] }
            """);
        var statuses = (await RunningSandbox.JsonOf(answer, 200))["entry"]!.AsArray().Select(entry => entry!["response"]!["status"]!.GetValue<string>()[..3]);

        Assert.That(statuses, Is.EqualTo(new[] { "200", "403", "403" }));
    }

    [TestCase("c", "POST", 201)]
    [TestCase("ruds", "POST", 403)]
    [TestCase("u", "PUT", 200)]
    [TestCase("crds", "PUT", 403)]
    [TestCase("d", "DELETE", 204)]
    [TestCase("crus", "DELETE", 403)]
    [TestCase("r", "GET", 200)]
    [TestCase("cuds", "GET", 403)]
    [TestCase("r", "VREAD", 200)]
    [TestCase("r", "HISTORY", 200)]
    [TestCase("cuds", "HISTORY", 403)]
    [TestCase("s", "SEARCH", 200)]
    [TestCase("s", "POSTSEARCH", 200)]
    [TestCase("crud", "SEARCH", 403)]
    [TestCase("crud", "POSTSEARCH", 403)]
    [TestCase("cs", "CONDITIONAL", 200)]
    [TestCase("crud", "CONDITIONAL", 403)]
    public async Task Each_letter_is_for_its_interactions(string letters, string interaction, int status)
    {
        var sandbox = shared;
        var id = $"b-{letters}-{interaction}";
        var body = $$"""{ "resourceType": "Basic", "id": "{{id}}", "identifier": [{ "value": "{{id}}" }], "code": { "text": "x" }, "subject": { "reference": "Patient/rosa-m" } }""";
        await sandbox.Fhir.SendAsync(HttpMethod.Put, $"Basic/{id}", body);
        var token = await TokenAsync(sandbox, $"launch/patient patient/Basic.{letters}", "writer");

        var answer = await (interaction switch
        {
            "POST" => sandbox.CallAsync(token, HttpMethod.Post, "Basic", body),
            "PUT" => sandbox.CallAsync(token, HttpMethod.Put, $"Basic/{id}", body),
            "DELETE" => sandbox.CallAsync(token, HttpMethod.Delete, $"Basic/{id}"),
            "GET" => sandbox.CallAsync(token, HttpMethod.Get, $"Basic/{id}"),
            "VREAD" => sandbox.CallAsync(token, HttpMethod.Get, $"Basic/{id}/_history/1"),
            "HISTORY" => sandbox.CallAsync(token, HttpMethod.Get, $"Basic/{id}/_history"),
            "SEARCH" => sandbox.CallAsync(token, HttpMethod.Get, "Basic"),
            "POSTSEARCH" => sandbox.CallAsync(token, HttpMethod.Post, "Basic/_search"),
            _ => sandbox.CallAsync(token, HttpMethod.Post, "Basic", body, ("If-None-Exist", $"identifier={id}"))
        });
        var other = await sandbox.CallAsync(token, HttpMethod.Get, "Encounter/rosa-m-home-1");

        Assert.That((int)answer.StatusCode, Is.EqualTo(status), await answer.Content.ReadAsStringAsync());
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), "a scope is for its type");
    }

    [Test]
    public async Task A_provenance_is_in_the_chart_of_what_it_is_about()
    {
        var sandbox = shared;
        foreach (var chart in new[] { "rosa-m", "walter-b" })
            await sandbox.Fhir.SendAsync(HttpMethod.Put, $"Provenance/p-{chart}", $$"""{ "resourceType": "Provenance", "id": "p-{{chart}}", "target": [{ "reference": "Encounter/{{chart}}-home-1" }], "recorded": "2026-11-03T15:00:00Z", "agent": [{ "who": { "reference": "Practitioner/chw-1" } }] }""");
        var token = await TokenAsync(sandbox);

        var found = await BundleAsync(sandbox, token, "Provenance?agent=Practitioner/chw-1");
        var brought = await BundleAsync(sandbox, token, "Encounter?_id=rosa-m-home-1&_revinclude=Provenance:target");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(References(found), Is.EqualTo(new[] { "Provenance/p-rosa-m" }));
            Assert.That(References(brought), Is.EquivalentTo(new[] { "Encounter/rosa-m-home-1", "Provenance/p-rosa-m" }));
            Assert.That(await sandbox.StatusAsync(token, "Provenance/p-walter-b"), Is.EqualTo(403));
        }
    }

    [TestCase("\"securityContext\": { \"reference\": \"Patient/rosa-m\" },", 200)]
    [TestCase("\"securityContext\": { \"reference\": \"Patient/walter-b\" },", 403)]
    [TestCase("", 403)]
    public async Task A_Binary_is_in_the_chart_that_it_says(string context, int status)
    {
        var sandbox = shared;
        var id = $"b{context.Length}";
        await sandbox.Fhir.SendAsync(HttpMethod.Put, $"Binary/{id}", $$"""{ "resourceType": "Binary", "id": "{{id}}", {{context}} "contentType": "text/plain", "data": "eA==" }""");

        Assert.That(await sandbox.StatusAsync(await TokenAsync(sandbox), $"Binary/{id}"), Is.EqualTo(status));
    }

    [Test]
    public async Task A_condition_never_tells_of_another_chart()
    {
        await using var sandbox = await SmartSandbox.StartAsync();
        await sandbox.Fhir.CreateAsync("Basic", """{ "resourceType": "Basic", "identifier": [{ "value": "b" }], "code": { "text": "x" }, "subject": { "reference": "Patient/walter-b" } }""");
        var token = await TokenAsync(sandbox, "launch/patient patient/*.cruds", "writer");

        var answer = await sandbox.CallAsync(token, HttpMethod.Post, "Basic", """{ "resourceType": "Basic", "code": { "text": "mine" }, "subject": { "reference": "Patient/rosa-m" } }""", ("If-None-Exist", "identifier=b"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(201), "as if there were none");
    }

    [TestCase("chw-2", "Patient/lucia-v", 200)]
    [TestCase("chw-2", "Encounter?patient=lucia-v", 200)]
    [TestCase("chw-2", "Patient/rosa-m", 403)]
    [TestCase("chw-2", "Encounter?patient=rosa-m", 403)]
    [TestCase("chw-2", "Practitioner?name=a", 200)]
    [TestCase("chw-1", "Patient/rosa-m", 200)]
    [TestCase("chw-1", "Patient/dana-w", 403)]
    [TestCase("sup-1", "Patient/thomas-n", 200)]
    [TestCase("sup-1", "Patient/dana-w", 403)]
    [TestCase("sup-1", "Patient/not-there", 404)]
    public async Task A_user_scope_shows_what_the_user_may_see(string user, string path, int status)
    {
        var sandbox = await AsAsync(user);
        var token = await TokenAsync(sandbox, "openid fhirUser user/*.rs");

        Assert.That(await sandbox.StatusAsync(token, path), Is.EqualTo(status));
    }

    [Test]
    public async Task A_user_scope_of_a_CHW_finds_the_patients_of_their_care_teams()
    {
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Login = "auto:chw-2" });

        var bundle = await BundleAsync(sandbox, await TokenAsync(sandbox, "user/Patient.rs"), "Patient");

        Assert.That(References(bundle), Is.EqualTo(new[] { "Patient/lucia-v" }));
    }

    [TestCase("Patient/rosa-m", 200)]
    [TestCase("Encounter?patient=rosa-m", 200)]
    [TestCase("Patient/walter-b", 403)]
    [TestCase("Encounter?patient=walter-b", 403)]
    [TestCase("Encounter/walter-b-home-1", 403)]
    [TestCase("Goal/rosa-m-goal-1", 403)]
    public async Task The_strict_server_holds_to_them_too(string path, int status)
    {
        var sandbox = strict ??= await SmartSandbox.StartAsync(options => options with { Capabilities = "epic" });
        var token = await TokenAsync(sandbox, "launch/patient patient/Patient.rs patient/Encounter.rs");

        var answer = await sandbox.CallAsync(token, HttpMethod.Get, path);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        if (status == 403)
        {
            Assert.That(await answer.Content.ReadAsStringAsync(), Is.Empty);
            Assert.That(answer.Headers.WwwAuthenticate.ToString(), Does.Contain("insufficient_scope"));
        }
    }

    [Test]
    public async Task A_note_of_another_chart_cannot_be_filed_or_read_in_the_strict_server()
    {
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Capabilities = "epic" });
        var token = await TokenAsync(sandbox, "launch/patient patient/*.cruds", "writer");
        var filed = await sandbox.Fhir.SendAsync(HttpMethod.Post, "DocumentReference", StrictSandbox.Note(patient: "walter-b", encounter: "walter-b-home-1").ToJsonString());
        var note = filed.Headers.Location!.OriginalString;
        var shown = await sandbox.Fhir.GetAsync(note);
        var binary = shown["content"]![0]!["attachment"]!["url"]!.GetValue<string>();

        var mine = await sandbox.CallAsync(token, HttpMethod.Post, "DocumentReference", StrictSandbox.Note().ToJsonString());
        var others = await sandbox.CallAsync(token, HttpMethod.Post, "DocumentReference", StrictSandbox.Note(patient: "walter-b", encounter: "walter-b-home-1").ToJsonString());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)mine.StatusCode, Is.EqualTo(201));
            Assert.That((int)others.StatusCode, Is.EqualTo(403));
            Assert.That(await sandbox.StatusAsync(token, note), Is.EqualTo(403));
            Assert.That(await sandbox.StatusAsync(token, binary), Is.EqualTo(403));
        }
    }

    [Test]
    public async Task Introspection_says_what_a_token_is_good_for_until_it_is_revoked()
    {
        var sandbox = shared;
        var given = await sandbox.SignInAsync(scope: "launch/patient openid fhirUser offline_access patient/Patient.rs");
        var token = given["access_token"]!.GetValue<string>();
        async Task<JsonNode> AskAsync(string about) => await RunningSandbox.JsonOf(await sandbox.PostAsync("/oauth2/introspect", ("token", about), ("client_id", "other"), ("client_secret", SmartSandbox.TheSecret)), 200);

        var active = await AskAsync(token);
        var stranger = await sandbox.PostAsync("/oauth2/introspect", ("token", token));
        var open = await sandbox.PostAsync("/oauth2/introspect", ("token", token), ("client_id", "app"));
        var foreign = await sandbox.PostAsync("/oauth2/revoke", ("token", token), ("client_id", "writer"));
        var unknown = await sandbox.PostAsync("/oauth2/revoke", ("token", "unknown"), ("client_id", "app"));
        var before = await sandbox.StatusAsync(token, "Patient/rosa-m");
        await sandbox.PostAsync("/oauth2/revoke", ("token", given["refresh_token"]!.GetValue<string>()), ("client_id", "app"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(active["active"]!.GetValue<bool>(), Is.True);
            Assert.That(active["scope"]!.GetValue<string>(), Is.EqualTo(given["scope"]!.GetValue<string>()));
            Assert.That(active["client_id"]!.GetValue<string>(), Is.EqualTo("app"));
            Assert.That(active["patient"]!.GetValue<string>(), Is.EqualTo("rosa-m"));
            Assert.That(active["sub"]!.GetValue<string>(), Is.EqualTo("nurse-1"));
            Assert.That(active["fhirUser"]!.GetValue<string>(), Is.EqualTo($"{sandbox.Base}/Practitioner/nurse-1"));
            Assert.That(active["exp"]!.GetValue<long>() - active["iat"]!.GetValue<long>(), Is.EqualTo(3600));
            Assert.That((int)stranger.StatusCode, Is.EqualTo(401));
            Assert.That((int)open.StatusCode, Is.EqualTo(401));
            Assert.That((int)foreign.StatusCode, Is.EqualTo(400));
            Assert.That((int)unknown.StatusCode, Is.EqualTo(200));
            Assert.That(before, Is.EqualTo(200));
            Assert.That((await AskAsync(token)).ToJsonString(), Is.EqualTo("""{"active":false}"""));
            Assert.That(await sandbox.StatusAsync(token, "Patient/rosa-m"), Is.EqualTo(401));
        }
    }

    private async Task<SmartSandbox> AsAsync(string user) => users.TryGetValue(user, out var sandbox) ? sandbox : users[user] = await SmartSandbox.StartAsync(options => options with { Login = $"auto:{user}" });

    private static async Task<string> TokenAsync(SmartSandbox sandbox, string scope = "launch/patient openid fhirUser patient/*.rs", string client = "app") =>
        (await sandbox.SignInAsync(client, scope))["access_token"]!.GetValue<string>();

    private static async Task<JsonNode> BundleAsync(SmartSandbox sandbox, string token, string search) => await RunningSandbox.JsonOf(await sandbox.CallAsync(token, HttpMethod.Get, search), 200);

    private static string[] References(JsonNode bundle) =>
        [.. bundle["entry"]?.AsArray().Select(entry => entry!["resource"]!).Where(resource => resource["id"] is not null).Select(resource => $"{resource["resourceType"]}/{resource["id"]}") ?? []];
}
