using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.WriteBack;

/// <summary>Amended and taken back on a server that this project did not write; what stands there is counted by reading the server.</summary>
internal sealed class When_notes_change_on_a_foreign_server
{
    private static readonly string[] Types = ["Encounter", "DocumentReference", "Communication", "CarePlan", "Goal", "Condition", "Observation"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    [TestCase("", TestName = "Nothing_is_doubled_where_transactions_are_taken")]
    [TestCase("system.transaction:405,system.batch:405", TestName = "Nothing_is_doubled_where_single_writes_are_taken")]
    [CancelAfter(240_000)]
    public async Task Nothing_is_doubled(string deny, CancellationToken cancellationToken)
    {
        await using var ehr = await ForeignFhirServer.StartAsync();
        var patient = (await SeedAsync(ehr, 1))[0];
        await ehr.DenyAsync(deny);
        using var folder = new TempFolder();
        await using var service = new ServiceProcess(folder.Path, ehr.BaseUrl);
        await service.StartAsync();

        await PostAsync(service, Note(patient, 4), cancellationToken);
        Assert.That(await SettledAsync(service, [patient], cancellationToken), Is.EqualTo(new[] { "written" }));
        var first = await ChartAsync(ehr, patient);
        await AmendAsync(service, Note(patient, 6), cancellationToken);
        Assert.That(await SettledAsync(service, [patient], cancellationToken), Is.EqualTo(new[] { "written" }));
        var amended = await ChartAsync(ehr, patient);
        var valid = await ForeignValidator.ErrorsAsync([.. (await ForeignChart.WrittenByUsAsync(ehr, patient)).Select(one => ($"{one["resourceType"]}", one.ToJsonString()))]);
        await RetractAsync(service, patient, cancellationToken);
        Assert.That(await SettledAsync(service, [patient], cancellationToken), Is.EqualTo(new[] { "retracted" }));

        using var together = Assert.EnterMultipleScope();
        Assert.That(first, Is.EqualTo(Written(4)));
        Assert.That(amended, Is.EqualTo(Amended(6)));
        Assert.That(valid, Is.Empty);
        Assert.That(await ChartAsync(ehr, patient), Is.EqualTo(Retracted(6)));
    }

    [Test, CancelAfter(240_000)]
    public async Task What_cannot_be_updated_is_said_in_further_documents_and_the_desk_has_the_list(CancellationToken cancellationToken)
    {
        await using var ehr = await ForeignFhirServer.StartAsync();
        var patient = (await SeedAsync(ehr, 1))[0];
        await ehr.DenyAsync("*.update,*.patch,system.transaction:405,system.batch:405");
        using var folder = new TempFolder();
        await using var service = new ServiceProcess(folder.Path, ehr.BaseUrl);
        await service.StartAsync();

        await PostAsync(service, Note(patient, 4), cancellationToken);
        await SettledAsync(service, [patient], cancellationToken);
        await AmendAsync(service, Note(patient, 6), cancellationToken);
        Assert.That(await SettledAsync(service, [patient], cancellationToken), Is.EqualTo(new[] { "written" }));
        var amended = await ChartAsync(ehr, patient);
        await RetractAsync(service, patient, cancellationToken);
        Assert.That(await SettledAsync(service, [patient], cancellationToken), Is.EqualTo(new[] { "retracted" }));
        var desk = JsonNode.Parse(await service.Http.GetStringAsync("/api/v1/delivery", cancellationToken))!["removals"]!;

        using var together = Assert.EnterMultipleScope();
        Assert.That(amended, Is.EqualTo(Written(4).Replace("DocumentReference current", "DocumentReference current current", StringComparison.Ordinal)));
        Assert.That(await ChartAsync(ehr, patient), Is.EqualTo(Written(4).Replace("DocumentReference current", "DocumentReference current current current", StringComparison.Ordinal)));
        Assert.That((int)desk["open"]!, Is.EqualTo(desk["items"]!.AsArray().Count).And.GreaterThanOrEqualTo(7));
        Assert.That(desk["items"]!.AsArray().Select(item => (string?)item!["key"]), Is.SupersetOf(new[] { "note", "note.1", "encounter", "care-plan", "symptom/pain" }));
    }

    [Test, CancelAfter(500_000)]
    public async Task Killed_between_the_steps_each_ends_right(CancellationToken cancellationToken)
    {
        await using var ehr = await ForeignFhirServer.StartAsync(("SEED", "11"), ("SLOW_MS", "150"));
        var people = await SeedAsync(ehr, 6);
        // One step is one request, and every one takes its time: a kill falls between two of them or into one.
        await ehr.DenyAsync("system.transaction:405,system.batch:405");
        using var folder = new TempFolder();
        await using var service = new ServiceProcess(folder.Path, ehr.BaseUrl, ("Ehr__RequestTimeout", "00:00:02"), ("WriteBack__SettleAfter", "00:00:01"));
        await service.StartAsync();
        foreach (var patient in people)
            await PostAsync(service, Note(patient, 4), cancellationToken);
        Assert.That(await SettledAsync(service, people, cancellationToken), Is.All.EqualTo("written"));

        await ehr.FaultsAsync("slow:.9,lost:.05");
        foreach (var patient in people)
            await AmendAsync(service, Note(patient, 6), cancellationToken);
        await KillAgainAndAgainAsync(service, 4, cancellationToken);
        var amended = await SettledAsync(service, people, cancellationToken);
        await ehr.FaultsAsync("");
        var charts = await Task.WhenAll(people.Select(patient => ChartAsync(ehr, patient)));
        Assert.That(amended, Is.All.EqualTo("written"), await TroubleAsync(service, cancellationToken));
        Assert.That(charts, Is.All.EqualTo(Amended(6)));

        await ehr.FaultsAsync("slow:.9,lost:.05");
        foreach (var patient in people)
            await RetractAsync(service, patient, cancellationToken);
        await KillAgainAndAgainAsync(service, 4, cancellationToken);
        var retracted = await SettledAsync(service, people, cancellationToken);
        await ehr.FaultsAsync("");
        charts = await Task.WhenAll(people.Select(patient => ChartAsync(ehr, patient)));
        Assert.That(retracted, Is.All.EqualTo("retracted"), await TroubleAsync(service, cancellationToken));
        Assert.That(charts, Is.All.EqualTo(Retracted(6)));
    }

    private static async Task KillAgainAndAgainAsync(ServiceProcess service, int kills, CancellationToken cancellationToken)
    {
        var random = new Random(20261122);
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(random.Next(150, 1400), cancellationToken);
            await service.KillAsync();
            await service.StartAsync();
        }
    }

    // The whole chart as one text to be read: each type with the states of all that stands there.
    private static string Written(int score) => Chart("final", "current", score, "unconfirmed", "finished", "active", "completed");

    private static string Amended(int score) => Chart("final", "current superseded", score, "unconfirmed", "finished", "active", "completed");

    private static string Retracted(int score) => Chart("entered-in-error", "entered-in-error entered-in-error", score, "entered-in-error", "entered-in-error", "entered-in-error", "entered-in-error");

    private static string Chart(string observation, string documents, int score, string condition, string encounter, string plan, string message) => string.Join('\n',
        $"Encounter {encounter}", $"DocumentReference {documents}", $"Communication {message}", $"CarePlan {plan}", $"Goal {plan}", $"Condition {condition}", $"Observation {observation} {score.ToString(CultureInfo.InvariantCulture)}");

    private static async Task<string> ChartAsync(ForeignFhirServer ehr, string patient)
    {
        List<string> lines = [];
        foreach (var type in Types)
            lines.Add($"{type} {string.Join(' ', (await ehr.SearchAsync($"{type}?subject={patient}&_count=200")).Select(State).Order(StringComparer.Ordinal))}");
        return string.Join('\n', lines);
    }

    private static string State(JsonObject one) =>
        $"{one["lifecycleStatus"] ?? one["verificationStatus"]?["coding"]?[0]?["code"] ?? one["status"]}{((string?)one["resourceType"] == "Observation" ? $" {one["valueQuantity"]?["value"] ?? one["valueInteger"]}" : "")}";

    private static JsonObject Note(string patient, int score)
    {
        var note = SomeNotes.Of(patient, 1);
        note["symptoms"] = new JsonArray(new JsonObject { ["symptom"] = "pain", ["score"] = score });
        note["narrative"] = $"Pain is {score.ToString(CultureInfo.InvariantCulture)} today.";
        return note;
    }

    private static async Task PostAsync(ServiceProcess service, JsonObject note, CancellationToken cancellationToken) =>
        Assert.That(await service.PostAsync(note.ToJsonString(), cancellationToken), Is.EqualTo(HttpStatusCode.Accepted));

    private static async Task AmendAsync(ServiceProcess service, JsonObject note, CancellationToken cancellationToken)
    {
        using var present = await service.Http.GetAsync($"/api/v1/visit-notes/{note["id"]}", cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/visit-notes/{note["id"]}") { Content = Json(note.ToJsonString()) };
        request.Headers.TryAddWithoutValidation("If-Match", present.Headers.ETag!.ToString());
        using var answer = await service.Http.SendAsync(request, cancellationToken);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private static async Task RetractAsync(ServiceProcess service, string patient, CancellationToken cancellationToken)
    {
        using var answer = await service.Http.PostAsync($"/api/v1/visit-notes/{SomeNotes.IdOf(patient, 1)}/retract", Json("""{ "reason": "entered-in-error" }"""), cancellationToken);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private static async Task<IReadOnlyList<string>> SettledAsync(ServiceProcess service, IReadOnlyList<string> people, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(Patience);
        while (true)
        {
            var states = (await service.ListAsync(cancellationToken)).Select(note => (string)note["state"]!).ToList();
            if ((states.Count >= people.Count && states.All(state => state is not ("queued" or "writing"))) || over.IsCancellationRequested)
                return states;
            await Task.Delay(100, cancellationToken);
        }
    }

    private static async Task<string> TroubleAsync(ServiceProcess service, CancellationToken cancellationToken) =>
        string.Join('\n', (await service.ListAsync(cancellationToken)).Where(note => (string?)note["state"] is "needs-attention" or "queued").Select(note => note.ToJsonString()));

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task<IReadOnlyList<string>> SeedAsync(ForeignFhirServer ehr, int patients)
    {
        await ehr.PutAsync("""{"resourceType":"Practitioner","id":"chw-1","identifier":[{"system":"urn:test:staff","value":"1"}],"name":[{"family":"Whitfield","given":["Dolores"]}]}""");
        List<string> people = [];
        for (var number = 1; number <= patients; number++)
        {
            await ehr.PutAsync($$"""{"resourceType":"Patient","id":"p{{number}}","active":true,"identifier":[{"system":"urn:test:mrn","value":"{{number}}"}],"name":[{"family":"Tester{{number}}","given":["Pat"]}],"gender":"unknown","birthDate":"1960-01-01"}""");
            people.Add($"Patient/p{number}");
        }
        return people;
    }
}
