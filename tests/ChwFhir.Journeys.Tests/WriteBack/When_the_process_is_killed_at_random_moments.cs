using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.WriteBack;

/// <summary>
/// The promise, on real parts: the built service as a process of its own, a foreign FHIR server that refuses, dawdles and cuts its answers,
/// and kill -9 without warning. What was answered 202 must stand in the chart once.
/// </summary>
internal sealed class When_the_process_is_killed_at_random_moments
{
    private const int Seed = 20261122;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    [TestCase(8, 12, "", TestName = "Every_note_stands_in_the_chart_once_on_a_server_that_takes_transactions")]
    [TestCase(5, 8, "system.transaction:405,system.batch:405", TestName = "Every_note_stands_in_the_chart_once_on_a_server_that_takes_single_creates_only")]
    [CancelAfter(600_000)]
    public async Task Every_note_stands_in_the_chart_once(int patients, int visits, string deny, CancellationToken cancellationToken)
    {
        await using var ehr = await ForeignFhirServer.StartAsync(("SEED", "7"), ("SLOW_MS", "300"));
        var people = await SeedAsync(ehr, patients);
        await ehr.DenyAsync(deny);
        await ehr.FaultsAsync("429:.05,503:.05,slow:.1,lost:.05");
        using var folder = new TempFolder();
        await using var service = new ServiceProcess(folder.Path, ehr.BaseUrl, ("Ehr__RequestTimeout", "00:00:02"), ("WriteBack__SettleAfter", "00:00:01"));
        var clock = Stopwatch.StartNew();

        // Killed again and again, first while the notes come in, then while they are written.
        var random = new Random(Seed);
        var posting = Task.WhenAll(people.Select(patient => PostAllAsync(service, patient, visits, cancellationToken)));
        var kills = 0;
        while (kills < 8 && clock.Elapsed < Patience)
        {
            await service.StartAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(400, 3500)), cancellationToken);
            await service.KillAsync();
            kills++;
        }
        await service.StartAsync();
        var accepted = (await posting).Sum();
        var waiting = await UntilSettledAsync(service, accepted, cancellationToken);
        await service.KillAsync();
        await ehr.FaultsAsync("");

        TestContext.Out.WriteLine($"{accepted} notes accepted, {kills} kills, settled after {clock.Elapsed.TotalSeconds:0} s; the server said {(await ehr.StatsAsync())["stats"]!.ToJsonString()}");
        Assert.That(waiting, Is.Empty, "notes that are not written");
        Assert.That(accepted, Is.EqualTo(patients * visits));
        await AssertOnceAsync(ehr, people, visits);
    }

    private static async Task AssertOnceAsync(ForeignFhirServer ehr, IReadOnlyList<string> people, int visits)
    {
        foreach (var patient in people)
        {
            var encounters = IdentifiersOf(await ehr.SearchAsync($"Encounter?subject={patient}&_count=200"));
            var documents = IdentifiersOf(await ehr.SearchAsync($"DocumentReference?subject={patient}&_count=200"));
            var communications = IdentifiersOf(await ehr.SearchAsync($"Communication?subject={patient}&_count=200"));
            var plans = await ehr.SearchAsync($"CarePlan?subject={patient}&_count=200");
            var goals = await ehr.SearchAsync($"Goal?subject={patient}&_count=200");
            var concerns = await ehr.SearchAsync($"Condition?subject={patient}&_count=200");

            var ids = Enumerable.Range(1, visits).Select(visit => SomeNotes.IdOf(patient, visit)).ToList();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(encounters, Is.EquivalentTo(Enumerable.Range(1, visits).Select(visit => $"{patient.Split('/')[1]}/visit/v-{visit}/encounter")), "encounters");
                Assert.That(documents, Is.EquivalentTo(ids.Select(id => $"{id}/note")), "documents");
                Assert.That(communications, Is.EquivalentTo(ids.Select(id => $"{id}/message/m1")), "messages");
                Assert.That(plans, Has.Count.EqualTo(1), "care plans");
                Assert.That(goals, Has.Count.EqualTo(1), "goals");
                Assert.That(concerns, Has.Count.EqualTo(1), "concerns");
            }
            var steps = plans[0]["activity"]!.AsArray().Select(activity => (string?)activity!["detail"]?["description"]).Where(text => text?.StartsWith("Step of visit", StringComparison.Ordinal) is true);
            Assert.That(steps, Is.EquivalentTo(Enumerable.Range(1, visits).Select(visit => $"Step of visit {visit}")), "each visit's step stands in the one plan");
        }
    }

    private static List<string> IdentifiersOf(IEnumerable<JsonObject> resources) =>
        [.. resources.Select(resource => (string?)resource["identifier"]?[0]?["value"] ?? "no identifier")];

    /// <summary>One CHW's phone: sends the notes of one patient in order, each until it is taken.</summary>
    private static async Task<int> PostAllAsync(ServiceProcess service, string patient, int visits, CancellationToken cancellationToken)
    {
        var accepted = 0;
        for (var visit = 1; visit <= visits; visit++)
        {
            var note = SomeNotes.Of(patient, visit).ToJsonString();
            while (true)
            {
                var status = await service.PostAsync(note, cancellationToken);
                if (status is HttpStatusCode.Accepted or HttpStatusCode.OK)
                    break;
                Assert.That(status, Is.Null.Or.EqualTo(HttpStatusCode.ServiceUnavailable), "what a phone meets while the service is killed");
                await Task.Delay(50, cancellationToken);
            }
            accepted++;
        }
        return accepted;
    }

    /// <summary>Waits until no note is under way; what is left beside <c>written</c> is told as state and issues.</summary>
    private static async Task<IReadOnlyList<string>> UntilSettledAsync(ServiceProcess service, int notes, CancellationToken cancellationToken)
    {
        for (var patience = Stopwatch.StartNew(); ;)
        {
            var all = await service.ListAsync(cancellationToken);
            var open = all.Where(note => (string?)note["state"] is not "written").ToList();
            var settled = all.Count >= notes && open.All(note => (string?)note["state"] is "needs-attention");
            if (settled || patience.Elapsed > Patience)
                return [.. open.Select(note => note.ToJsonString())];
            await Task.Delay(500, cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<string>> SeedAsync(ForeignFhirServer ehr, int patients)
    {
        await ehr.PutAsync("""{"resourceType":"Practitioner","id":"chw-1","identifier":[{"system":"urn:test:staff","value":"1"}],"name":[{"family":"Whitfield","given":["Dolores"]}]}""");
        ConcurrentBag<string> people = [];
        for (var number = 1; number <= patients; number++)
        {
            await ehr.PutAsync($$"""{"resourceType":"Patient","id":"p{{number}}","active":true,"identifier":[{"system":"urn:test:mrn","value":"{{number}}"}],"name":[{"family":"Tester{{number}}","given":["Pat"]}],"gender":"unknown","birthDate":"1960-01-01"}""");
            people.Add($"Patient/p{number}");
        }
        return [.. people.Order(StringComparer.Ordinal)];
    }
}
