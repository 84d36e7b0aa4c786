using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>
/// Visits that speak of the same things in any order of days and of writing down, some amended, some taken back: what leaves is valid, and nobody has to look at a
/// note because of what another said.
/// </summary>
internal sealed class Whatever_visits_follow_each_other
{
    private const int Visits = 12;

    [TestCaseSource(nameof(Seeds))]
    public async Task Nothing_that_leaves_is_invalid_and_no_note_waits_for_a_person(int seed)
    {
        HashSet<string> sent = [];
        var ehr = new ScriptedEhr { Transactions = seed % 2 == 0 };
        ehr.Invalid = body =>
        {
            sent.Add(body.ToJsonString());
            return false;
        };
        await using var service = TheService.Over(ehr);
        var visits = new SomeVisits(seed);
        List<string> ids = [.. Enumerable.Range(1, Visits).Select(number => $"n{number}")];

        foreach (var id in ids)
        {
            await service.PostAsync(SomeVisits.Without(visits.Note(id)));
            await service.WorkAsync();
        }
        foreach (var id in ids.Where((_, at) => at % 3 == 0))
            await AmendAsync(service, SomeVisits.Without(visits.Note(id)));
        await service.WorkAsync(seconds: 3);
        var written = await StatesAsync(service, ids);
        var back = ids.Where((_, at) => at % 4 == 0).ToList();
        foreach (var id in back)
            await service.Journey.RetractAsync(id, "entered-in-error", null, default);
        await service.WorkAsync(seconds: 3);
        var ended = await StatesAsync(service, ids);

        using var together = Assert.EnterMultipleScope();
        Assert.That(written.Select(one => one.State), Is.All.EqualTo("written"), string.Join("; ", written.SelectMany(one => one.Errors)));
        Assert.That(ended.Select(one => one.State), Is.EqualTo(ids.Select(id => back.Contains(id) ? "retracted" : "written")), string.Join("; ", ended.SelectMany(one => one.Errors)));
        Assert.That(sent, Has.Count.GreaterThan(50));
        foreach (var resource in sent.Select(body => FhirJson.Parse<Resource>(body)))
            Assert.That(Promises.Shipped.Value.Validate(resource).Errors, Is.Empty, $"{resource.TypeName} {resource.Id}");
    }

    private static IEnumerable<int> Seeds => Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("CHWFHIR_SEQUENCES") ?? "6", System.Globalization.CultureInfo.InvariantCulture));

    private static async Task<IReadOnlyList<(string State, IEnumerable<string> Errors)>> StatesAsync(TheService service, IEnumerable<string> ids)
    {
        List<(string, IEnumerable<string>)> states = [];
        foreach (var id in ids)
        {
            var status = await service.StatusAsync(id);
            states.Add((status.State, status.Issues.Where(issue => issue.Severity == "error").Select(issue => $"{id}: {issue.Detail}")));
        }
        return states;
    }

    private static async Task AmendAsync(TheService service, JsonObject note)
    {
        var stored = (await service.Store.FindAsync(ScriptedEhr.BaseUrl, (string)note["id"]!, default))!;
        Assert.That(await service.Journey.AmendAsync(stored.Id, stored.Revision, Encoding.UTF8.GetBytes(note.ToJsonString()), default), Is.InstanceOf<ChwFhir.Receipt.Accepted>());
    }
}
