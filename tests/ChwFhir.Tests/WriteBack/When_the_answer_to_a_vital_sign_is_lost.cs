using System.Text.Json.Nodes;
using NUnit.Framework;
using static ChwFhir.Tests.WriteBack.ScriptedEhr;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_the_answer_to_a_vital_sign_is_lost
{
    [Test]
    public async Task It_is_found_by_patient_code_and_time()
    {
        await using var service = TheService.Over(Ehr());
        service.Ehr.Next("POST Observation", Fault.LoseAnswer);
        await service.PostAsync(WithWeight("n1", day: 3));

        await service.WorkAsync(seconds: 5);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(service.Ehr.All("Observation"), Has.Count.EqualTo(1));
        Assert.That(status.Resources.Where(row => row.Type == "Observation").Select(row => row.Reference), Is.EqualTo(new[] { $"Observation/{service.Ehr.All("Observation").Single()["id"]}" }));
    }

    [Test]
    public async Task One_that_never_arrived_is_sent_again_when_search_has_shown_another()
    {
        await using var service = TheService.Over(Ehr());
        await service.PostAsync(WithWeight("n0", day: 1));
        await service.WorkAsync();
        service.Ehr.Next("POST Observation", Fault.NeverArrives);
        await service.PostAsync(WithWeight("n1", day: 3));

        await service.WorkAsync(seconds: 5);

        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.All("Observation"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Another_reading_of_the_same_visit_is_not_taken_for_it()
    {
        await using var service = TheService.Over(Ehr());
        await service.PostAsync(WithWeight("n0", day: 1));
        await service.WorkAsync(seconds: 2);
        var note = WithWeight("n1", day: 3);
        note["vitals"]!.AsArray().Add(new JsonObject { ["kind"] = "weight", ["value"] = 80.7, ["unit"] = "kg" });
        service.Ehr.BeforeWrite = () =>
        {
            // The first of the two arrives, the second does not.
            if (service.Ehr.Log[^1] != "POST Observation")
                return;
            service.Ehr.BeforeWrite = null;
            service.Ehr.Next("POST Observation", Fault.NeverArrives);
        };
        await service.PostAsync(note);

        await service.WorkAsync(seconds: 6);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Resources.Where(row => row.Type == "Observation").Select(row => row.Reference), Is.Unique.And.Exactly(2).Items);
        Assert.That(service.Ehr.All("Observation"), Has.Count.EqualTo(3));
    }

    [TestCase(Fault.LoseAnswer)]
    [TestCase(Fault.NeverArrives)]
    public async Task Where_repeats_are_refused_it_is_sent_again_without_a_search_and_stands_there_once(Fault fault)
    {
        await using var service = TheService.Over(Ehr(searchable: false));
        await service.PostAsync(WithWeight("n0", day: 1));
        await service.PostAsync(WithWeight("n0b", day: 1));
        await service.WorkAsync(seconds: 2);
        service.Ehr.Next("POST Observation", fault);
        await service.PostAsync(WithWeight("n1", day: 3));

        await service.WorkAsync(seconds: 5);

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("n0b")).Resources.Single(row => row.Type == "Observation").State, Is.EqualTo("existing"), "59189");
        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.All("Observation"), Has.Count.EqualTo(2));
    }

    private static ScriptedEhr Ehr(bool searchable = true)
    {
        var ehr = new ScriptedEhr
        {
            Transactions = false,
            ConditionalCreates = false,
            Rewrites = true,
            RefusesRepeats = !searchable,
            NotDeclared = { "CarePlan.create", "Goal.create", "Condition.create", "Communication.create", "Provenance.create" },
        };
        if (!searchable)
            ehr.Refused["GET Observation"] = 403;
        return ehr;
    }

    private static JsonObject WithWeight(string id, int day)
    {
        var note = SomeVisit.Note(id, day);
        note["vitals"] = new JsonArray(new JsonObject { ["kind"] = "weight", ["value"] = 81.2, ["unit"] = "kg" });
        return note;
    }
}
