using System.Net;
using System.Text.Json.Nodes;
using ChwFhir.Journeys.Identity;

namespace ChwFhir.Journeys.Fhir;

internal sealed class When_a_record_is_searched_as_FHIR
{
    private PanelTown town = null!;
    private string first = "", second = "";

    [OneTimeSetUp]
    public async Task Start() => (town, first, second) = await FhirTown.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [TestCase("Encounter?patient=rosa-m&date=ge2026-02-01", 1)]
    [TestCase("Encounter?patient=rosa-m&date=2026", 2)]
    [TestCase("Encounter?patient=rosa-m&date=ge2026-01-01&date=lt2026-02-01", 1)]
    [TestCase("Encounter?subject=Patient/rosa-m&class=HH", 2)]
    [TestCase("Encounter?patient=rosa-m&class=http://terminology.hl7.org/CodeSystem/v3-ActCode%7CHH", 2)]
    [TestCase("Encounter?patient=rosa-m&class=http://example.org%7CHH", 0)]
    [TestCase("Encounter?patient=rosa-m&status:not=finished", 0)]
    [TestCase("Observation?patient=rosa-m&code=72514-3", 2)]
    [TestCase("Observation?patient=rosa-m&code=72514-3,88122-7", 4)]
    [TestCase("Observation?patient=rosa-m&category=survey&date=2026-01-05&code=72514-3", 1)]
    [TestCase("Condition?patient=rosa-m&category=health-concern", 1)]
    [TestCase("Condition?patient=rosa-m&clinical-status=resolved", 0)]
    [TestCase("Goal?patient=rosa-m&lifecycle-status=active,proposed", 1)]
    [TestCase("CarePlan?patient=rosa-m&category=assess-plan&status=active", 1)]
    [TestCase("CarePlan?patient=rosa-m&goal:missing=true", 0)]
    [TestCase("DocumentReference?patient=rosa-m&status=current", 2)]
    [TestCase("DocumentReference?patient=rosa-m&_lastUpdated=lt2020-01-01", 0)]
    [TestCase("Observation?patient=rosa-m&code=http://loinc.org%5C%7C72514-3", 0)]
    [TestCase("Observation?patient=rosa-m&code=72514-3%5C,88122-7", 0)]
    [TestCase("Observation?patient=rosa-m&_count=99999999999&code=72514-3", 2)]
    [TestCase("Observation?patient=rosa-m&_total=none&_count=0&code=72514-3", 2)]
    public async Task The_parameters_of_US_Core_find_what_they_should(string search, int count)
    {
        var (status, bundle) = await town.Dolores.SendAsync(HttpMethod.Get, $"/fhir/{search}", null, ("Prefer", "handling=strict"));

        Assert.That((status, (int?)bundle?["total"]), Is.EqualTo((200, count)), bundle?.ToJsonString());
    }

    [Test]
    public async Task Pages_have_every_match_once_and_say_nothing_of_the_search()
    {
        var all = FhirTown.Ids((await town.Dolores.GetAsync("/fhir/Observation?patient=rosa-m&_count=200")).Body).ToList();
        var seen = new List<string>();
        var links = new List<string>();
        var next = "/fhir/Observation?patient=rosa-m&_count=3";
        while (next is not null)
        {
            var (status, page) = await town.Dolores.GetAsync(next);
            Assert.That((status, (int?)page!["total"]), Is.EqualTo((200, all.Count)));
            seen.AddRange(FhirTown.Ids(page));
            if ((next = FhirTown.Link(page, "next")) is not null)
                links.Add(next);
        }

        using var together = Assert.EnterMultipleScope();
        Assert.That(links, Is.Not.Empty);
        Assert.That(seen, Is.EqualTo(all));
        Assert.That(string.Concat(links), Does.Not.Contain("rosa"));
    }

    [TestCase("_sort=date", false)]
    [TestCase("_sort=-date", true)]
    [TestCase("_sort=code,-date", null)]
    public async Task Sorted_pages_have_every_match_once_in_the_order_that_was_asked_for(string sort, bool? isDescending)
    {
        var all = FhirTown.Resources((await town.Dolores.SendAsync(HttpMethod.Get, $"/fhir/Observation?patient=rosa-m&_count=200&{sort}", null, ("Prefer", "handling=strict"))).Body).ToList();
        var seen = new List<string>();
        for (var next = $"/fhir/Observation?patient=rosa-m&_count=3&{sort}"; next is not null;)
        {
            var (_, page) = await town.Dolores.GetAsync(next);
            seen.AddRange(FhirTown.Ids(page));
            next = FhirTown.Link(page, "next");
        }
        var keys = all.Select(one => isDescending is null ? (string)one["code"]!["coding"]![0]!["code"]! : (string)one["effectiveDateTime"]!).ToList();

        using var together = Assert.EnterMultipleScope();
        Assert.That(seen, Is.EqualTo(all.Select(one => (string)one["id"]!)));
        Assert.That(keys, isDescending is true ? Is.Ordered.Descending.Using<string>(StringComparer.Ordinal) : Is.Ordered.Using<string>(StringComparer.Ordinal));
        Assert.That(keys.Distinct().Count(), Is.GreaterThan(1));
    }

    [Test]
    public async Task Self_says_what_was_really_used()
    {
        var (_, bundle) = await town.Dolores.GetAsync("/fhir/Goal?patient=rosa-m&_count=100000&colour=red&_total=none");

        Assert.That((FhirTown.Link(bundle, "self")!.Split('?')[1], bundle!["total"]), Is.EqualTo(("patient=rosa-m&_count=200&_total=none", (JsonNode?)null)));
    }

    [Test]
    public async Task Links_keep_the_form_that_was_asked_for()
    {
        var first = (await town.Dolores.SendAsync(HttpMethod.Get, "/fhir/Observation?patient=rosa-m&_count=1&_format=json&_pretty=true", null, ("Accept", "text/html"))).Body;
        using var next = await town.Dolores.RawAsync(HttpMethod.Get, FhirTown.Link(first, "next")!, null, ("Accept", "text/html"));
        var text = await next.Content.ReadAsStringAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(FhirTown.Link(first, "self"), Does.EndWith("?patient=rosa-m&_count=1&_format=json&_pretty=true"));
        Assert.That(((int)next.StatusCode, text.Contains('\n', StringComparison.Ordinal)), Is.EqualTo((200, true)), text);
        Assert.That(FhirTown.Link(JsonNode.Parse(text), "self"), Does.EndWith("&_format=json&_pretty=true"));
    }

    [Test]
    public async Task What_is_here_may_be_named_by_its_whole_address()
    {
        var encounters = (await town.Dolores.GetAsync("/fhir/Encounter?patient=rosa-m")).Body!["entry"]!.AsArray().Where(entry => (string?)entry!["search"]!["mode"] == "match").Select(entry => (string)entry!["fullUrl"]!).ToList();
        var goal = FhirTown.Ids((await town.Dolores.GetAsync("/fhir/Goal?patient=rosa-m")).Body).Single();
        var number = FhirTown.Ids((await town.Dolores.GetAsync($"/fhir/DocumentReference?identifier=urn:chwfhir:note%7C{second}/note")).Body).Single();

        var found = await town.Dolores.GetAsync($"/fhir/Observation?patient=rosa-m&encounter={Uri.EscapeDataString(encounters[0])}");
        var relative = await town.Dolores.GetAsync($"/fhir/Observation?patient=rosa-m&encounter={encounters[0][encounters[0].IndexOf("Encounter/", StringComparison.Ordinal)..]}");
        var byTheOther = await town.Dolores.GetAsync($"/fhir/CarePlan?patient=rosa-m&goal=Goal/{number}{goal[goal.IndexOf('-', StringComparison.Ordinal)..]}");

        Assert.That(((int?)found.Body!["total"], (int?)byTheOther.Body!["total"]), Is.EqualTo(((int?)relative.Body!["total"], (int?)1)));
        Assert.That((int?)found.Body["total"], Is.GreaterThan(0));
    }

    [TestCase("patient=rosa-m&_format=xml", "application/x-www-form-urlencoded", null, 406)]
    [TestCase("patient=rosa-m", "application/x-www-form-urlencoded; charset=utf-7", null, 415)]
    [TestCase("patient=rosa-m", "application/x-www-form-urlencoded", "gzip", 415)]
    [TestCase("patient=rosa-m", "application/json", null, 415)]
    [TestCase("patient=rosa-m&_pretty=true", "application/x-www-form-urlencoded; charset=UTF-8", null, 200)]
    public async Task A_posted_search_that_is_no_form_or_wants_another_is_refused(string form, string type, string? compressed, int expected)
    {
        using var content = new StringContent(form);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (compressed is not null)
            content.Headers.ContentEncoding.Add(compressed);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fhir/Communication/_search") { Content = content };
        using var bearer = await town.Dolores.RawAsync(HttpMethod.Get, "/fhir/metadata", null);
        request.Headers.Authorization = bearer.RequestMessage!.Headers.Authorization;

        using var answer = await town.Town.Http.SendAsync(request);

        Assert.That(((int)answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["resourceType"]), Is.EqualTo((expected, expected == 200 ? "Bundle" : "OperationOutcome")));
    }

    [Test]
    public async Task Many_ids_of_a_patient_are_one_search()
    {
        var ids = FhirTown.Ids((await town.Dolores.GetAsync("/fhir/Observation?patient=rosa-m&_count=200")).Body).ToList();

        var (_, found) = await town.Dolores.GetAsync($"/fhir/Observation?_id={string.Join(',', ids)}&_count=200");
        var (tooMany, refused) = await town.Dolores.GetAsync($"/fhir/Observation?_id={string.Join(',', Enumerable.Range(1, 51))}");

        Assert.That((FhirTown.Ids(found).ToHashSet().SetEquals(ids), tooMany, (string?)refused!["issue"]![0]!["code"]), Is.EqualTo((true, 400, "too-costly")));
    }

    [Test]
    public async Task An_evening_is_of_the_day_of_whoever_was_there()
    {
        var note = Some.Note("Patient/rosa-m");
        (note["visit"]!["start"], note["visit"]!["end"]) = ("2026-06-01T20:30:00-05:00", "2026-06-01T21:30:00-05:00");
        await FhirTown.HandInAsync(town.Dolores, note);

        var found = new List<int?>();
        foreach (var search in new[] { "date=2026-06-01", "date=2026-06-02", "date=2026-06-02T01:00:00Z", "date=ge2026-06-02T01:00:00Z&date=le2026-06-02T03:00:00Z" })
            found.Add((int?)(await town.Dolores.GetAsync($"/fhir/Encounter?patient=rosa-m&{search}")).Body!["total"]);
        await town.Dolores.PostAsync($"/api/v1/visit-notes/{note["id"]}/retract", """{ "reason": "entered-in-error" }""");

        Assert.That(found, Is.EqualTo(new int?[] { 1, 0, 0, 1 }));
    }

    [Test]
    public async Task A_page_is_for_the_one_who_searched()
    {
        var next = FhirTown.Link((await town.Dolores.GetAsync("/fhir/Observation?patient=rosa-m&_count=1")).Body, "next")!;

        var others = await town.Supervisor.GetAsync(next);
        var bent = await town.Dolores.GetAsync(next + "x");
        var elsewhere = await town.Dolores.GetAsync(next.Replace("/Observation?", "/Condition?", StringComparison.Ordinal));

        Assert.That((others.Status, bent.Status, elsewhere.Status), Is.EqualTo((400, 400, 400)));
    }

    [Test]
    public async Task A_posted_search_finds_the_same_and_its_links_say_nothing()
    {
        using var form = new FormUrlEncodedContent([new("patient", "rosa-m"), new("_count", "1")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fhir/Communication/_search") { Content = form };
        using var bearer = await town.Dolores.RawAsync(HttpMethod.Get, "/fhir/metadata", null);
        request.Headers.Authorization = bearer.RequestMessage!.Headers.Authorization;

        using var answer = await town.Town.Http.SendAsync(request);
        var bundle = JsonNode.Parse(await answer.Content.ReadAsStringAsync());

        using var together = Assert.EnterMultipleScope();
        Assert.That((answer.StatusCode, (int?)bundle!["total"]), Is.EqualTo((HttpStatusCode.OK, 2)));
        Assert.That(bundle["link"]!.ToJsonString(), Does.Not.Contain("rosa"));
        Assert.That((await town.Dolores.GetAsync(FhirTown.Link(bundle, "self")!)).Body!["entry"]!.ToJsonString(), Is.EqualTo(bundle["entry"]!.ToJsonString()));
    }

    [TestCase("CarePlan?patient=rosa-m&_include=CarePlan:goal", "Goal")]
    [TestCase("CarePlan?patient=rosa-m&_include=CarePlan:goal:Goal", "Goal")]
    [TestCase("Task?patient=rosa-m&_include=Task:focus", "ServiceRequest")]
    [TestCase("CarePlan?patient=rosa-m&_revinclude=Provenance:target", "Provenance")]
    [TestCase("Observation?patient=rosa-m&code=88122-7&_include=Observation:*", "QuestionnaireResponse")]
    public async Task What_belongs_to_it_comes_along(string search, string type)
    {
        var (_, bundle) = await town.Dolores.SendAsync(HttpMethod.Get, $"/fhir/{search}", null, ("Prefer", "handling=strict"));

        using var together = Assert.EnterMultipleScope();
        Assert.That(FhirTown.Resources(bundle, "include").Select(one => (string?)one["resourceType"]), Does.Contain(type), bundle?.ToJsonString());
        Assert.That((int?)bundle!["total"], Is.EqualTo(FhirTown.Resources(bundle).Count()), "what comes along is not counted");
    }

    [Test]
    public async Task It_is_found_by_id_and_by_the_identifier_that_the_chart_has_too()
    {
        var byIdentifier = await town.Dolores.GetAsync($"/fhir/DocumentReference?identifier=urn:chwfhir:note%7C{first}/note");
        var goal = await town.Dolores.GetAsync("/fhir/Goal?identifier=urn:chwfhir:note%7Crosa-m/none/goal/garden");
        var byId = await town.Dolores.GetAsync($"/fhir/DocumentReference?_id={FhirTown.Ids(byIdentifier.Body).Single()}");

        Assert.That(((int?)byIdentifier.Body!["total"], (int?)goal.Body!["total"], (int?)byId.Body!["total"]), Is.EqualTo((1, 1, 1)));
    }

    [TestCase("Condition?patient=rosa-m&colour=red")]
    [TestCase("Condition?patient=rosa-m&_sort=-colour")]
    [TestCase("Condition?patient=rosa-m&asserter.name=Dolores")]
    [TestCase("Condition?patient=rosa-m&_has:Goal:addresses:code=x")]
    [TestCase("Condition?patient=rosa-m&_total=perhaps")]
    [TestCase("Condition?patient=rosa-m&_include=Condition:nothing")]
    public async Task What_is_not_known_is_told_or_refused_as_the_caller_prefers(string search)
    {
        var lenient = await town.Dolores.GetAsync($"/fhir/{search}");
        var strict = await town.Dolores.SendAsync(HttpMethod.Get, $"/fhir/{search}", null, ("Prefer", "handling=strict"));

        using var together = Assert.EnterMultipleScope();
        Assert.That((lenient.Status, (int?)lenient.Body!["total"], strict.Status), Is.EqualTo((200, 1, 400)));
        Assert.That(FhirTown.Resources(lenient.Body, "outcome").Single()["issue"]!.AsArray().Select(issue => ((string?)issue!["severity"], (string?)issue["code"])), Does.Contain(("warning", "not-supported")));
        Assert.That(FhirTown.Link(lenient.Body, "self"), Does.EndWith("?patient=rosa-m"));
        Assert.That((string?)strict.Body!["resourceType"], Is.EqualTo("OperationOutcome"));
    }

    [TestCase("Condition", "http.patient")]
    [TestCase("Condition?code=x", "http.patient")]
    [TestCase("Condition?patient=rosa-m&patient=thomas-n", "http.patient")]
    [TestCase("Condition?patient=rosa-m,thomas-n", "http.patient")]
    [TestCase("Condition?patient=rosa-m&recorded-date=yesterday", "http.recorded-date")]
    [TestCase("Condition?patient=rosa-m&code:above=x", "http.code")]
    [TestCase("Condition?patient=rosa-m&_count=many", "http._count")]
    [TestCase("Condition?_page=abc", "http._page")]
    [TestCase("Condition?patient=rosa-m&patient:identifier=a%7Cb", "http.patient")]
    [TestCase("Condition?patient=rosa-m&subject:missing=true", "http.subject")]
    [TestCase("Condition?patient=rosa-m&subject:Group=rosa-m", "http.subject")]
    [TestCase("Condition?patient=rosa-m&_elements=*", "http._elements")]
    [TestCase("Condition?patient=rosa-m&_summary=text&_include=Condition:encounter", "http._summary")]
    public async Task What_cannot_be_answered_is_refused_with_its_parameter(string search, string expression)
    {
        var (status, outcome) = await town.Dolores.GetAsync($"/fhir/{search}");

        Assert.That((status, (string?)outcome!["issue"]![0]!["expression"]![0]), Is.EqualTo((400, expression)), outcome.ToJsonString());
    }

    [Test]
    public async Task Only_the_count_is_given_to_whoever_wants_only_that()
    {
        var (_, bundle) = await town.Dolores.GetAsync("/fhir/Communication?patient=rosa-m&_summary=count");

        Assert.That(((int?)bundle!["total"], FhirTown.Resources(bundle).Count(), FhirTown.Link(bundle, "next")), Is.EqualTo((2, 0, (string?)null)));
    }

    [TestCase("/fhir/metadata?_format=xml", null, 406)]
    [TestCase("/fhir/metadata?_format=application/fhir%2Bjson", "application/fhir+xml", 200)]
    [TestCase("/fhir/metadata", "application/fhir+xml", 406)]
    [TestCase("/fhir/metadata", "application/json", 200)]
    [TestCase("/fhir/metadata", "application/fhir+json; fhirVersion=4.0", 200)]
    [TestCase("/fhir/metadata", "application/fhir+json; fhirVersion=3.0", 406)]
    [TestCase("/fhir/metadata", "application/fhir+json; fhirVersion=5.0, application/json;q=0.5", 200)]
    [TestCase("/fhir", null, 501)]
    [TestCase("/fhir/_history", null, 501)]
    [TestCase("/fhir/Condition/1/_history", null, 501)]
    [TestCase("/fhir/Condition/1/_history/2", null, 501)]
    [TestCase("/fhir/$everything", null, 501)]
    [TestCase("/fhir/Patient/rosa-m/Condition", null, 501)]
    [TestCase("/fhir/Condition/_history", null, 501)]
    [TestCase("/fhir/Condition/_search?patient=rosa-m", null, 501)]
    [TestCase("/fhir/Observation/$lastn?patient=rosa-m", null, 501)]
    [TestCase("/fhir/metadata?_format=json;fhirVersion=3.0", null, 406)]
    [TestCase("/fhir/metadata?_format=application/fhir%2Bjson;%20fhirVersion=4.0", null, 200)]
    [TestCase("/fhir/Nothing", null, 404)]
    [TestCase("/fhir/Patient/rosa-m", null, 404)]
    [TestCase("/fhir/Condition/nothing", null, 404)]
    [TestCase("/fhir/Condition/1", null, 404)]
    public async Task JSON_is_the_only_form_and_every_error_an_OperationOutcome(string path, string? accept, int expected)
    {
        using var answer = await town.Dolores.RawAsync(HttpMethod.Get, path, null, accept is null ? [] : [("Accept", accept)]);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync());

        Assert.That(((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, (string?)body!["resourceType"]), Is.EqualTo((expected, "application/fhir+json", expected == 200 ? "CapabilityStatement" : "OperationOutcome")));
    }

    [Test]
    public async Task Without_a_token_and_with_a_wrong_method_it_is_an_OperationOutcome_too()
    {
        var nobody = new Somebody(town.Town.Http, null);

        var unsigned = await nobody.GetAsync("/fhir/Condition?patient=rosa-m");
        var method = await town.Dolores.SendAsync(HttpMethod.Delete, "/fhir/Condition/1", null);

        Assert.That((unsigned.Status, (string?)unsigned.Body?["issue"]![0]!["code"], method.Status, (string?)method.Body?["issue"]![0]!["code"]), Is.EqualTo((401, "login", 405, "not-supported")));
    }
}
