using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Queue;
using ChwFhir.Tests.Intake.Screenings;
using ChwFhir.WriteBack.Inputs;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>Summaries and screenings that are taken back, and received anew for the right patient.</summary>
internal sealed class When_other_inputs_are_retracted
{
    private static readonly string[] NoUpdates = ["Observation", "DocumentReference", "Encounter", "Communication", "CarePlan", "Goal", "Condition", "Task", "QuestionnaireResponse"];

    [Test]
    public async Task The_retraction_says_what_was_taken_back()
    {
        var ehr = WithTwo();
        foreach (var type in NoUpdates)
            ehr.Refused[$"PUT {type}"] = 405;
        await using var service = TheService.Over(ehr);
        var id = Id(await ScreeningAsync(service));
        await service.WorkAsync();

        await service.Journey.RetractAsync(id, "entered-in-error", null, default);
        await service.WorkAsync();

        var texts = ehr.All("DocumentReference").SelectMany(one => one["content"]!.AsArray()).Select(content => (string?)content!["attachment"]!["data"]).OfType<string>().Select(data => Encoding.UTF8.GetString(Convert.FromBase64String(data)));
        Assert.That(texts.Where(text => text.Contains("RETRACTION", StringComparison.Ordinal)), Is.Not.Empty.And.All.Contain("A completed screening in this chart").And.All.Not.Contain("community health worker"));
    }

    [TestCase("\"zz\"")]
    [TestCase("{ \"reference\": \"zz\" }")]
    public async Task A_right_patient_that_is_none_is_named_by_its_place(string right)
    {
        await using var service = TheService.Over(WithTwo());
        var patient = JsonNode.Parse(right) is JsonObject whole ? whole : new JsonObject { ["reference"] = "zz" };
        foreach (var id in new[] { Id(await PrintedAsync(service, "Patient/p1")), Id(await ScreeningAsync(service)) })
        {
            var answer = await service.Journey.RetractAsync(id, "wrong-patient", patient.DeepClone().AsObject(), default);

            Assert.That((answer as Withdrawal.Invalid)?.Faults.Select(fault => fault.Pointer), Is.Not.Empty.And.All.StartsWith("/rightPatient"));
        }
    }

    [Test]
    public async Task A_printed_summary_is_moved_to_the_right_patient()
    {
        await using var service = TheService.Over(WithTwo());
        var id = Id(await PrintedAsync(service, "Patient/p1"));
        await service.WorkAsync();

        await service.Journey.RetractAsync(id, "wrong-patient", new JsonObject { ["reference"] = "Patient/p2" }, default);
        await service.WorkAsync();

        var (old, moved) = (await service.StatusAsync(id), await service.StatusAsync(MovedNote.IdOf(id)));
        using var scope = Assert.EnterMultipleScope();
        Assert.That((old.State, moved.State, moved.Patient), Is.EqualTo(("retracted", "written", "Patient/p2")), string.Join("; ", moved.Issues));
        Assert.That(service.Ehr.All("DocumentReference").Where(one => (string?)one["status"] == "current").Select(one => (string?)one["subject"]!["reference"]), Is.EqualTo(new[] { "Patient/p2" }));
    }

    [TestCase("1950-01-01", "written", "")]
    [TestCase("1950-01-02", "needs-attention", "patient-mismatch")]
    public async Task What_is_known_of_the_right_patient_of_a_screening_is_compared(string born, string state, string code)
    {
        await using var service = TheService.Over(WithTwo());
        var id = Id(await ScreeningAsync(service, """{ "contained": [ { "resourceType": "Patient", "id": "p", "birthDate": "1963-04-02" } ] }"""));

        var answer = await service.Journey.RetractAsync(id, "wrong-patient", JsonNode.Parse($$"""{ "reference": "Patient/p2", "check": { "birthDate": "{{born}}" } }""")!.AsObject(), default);
        await service.WorkAsync();

        var moved = await service.StatusAsync(MovedNote.IdOf(id));
        using var scope = Assert.EnterMultipleScope();
        Assert.That(answer, Is.InstanceOf<Withdrawal.Accepted>());
        Assert.That(moved.State, Is.EqualTo(state));
        Assert.That(string.Join(',', moved.Issues.Select(issue => issue.Code).Where(one => one.StartsWith("patient-", StringComparison.Ordinal))), Is.EqualTo(code));
    }

    private static ScriptedEhr WithTwo()
    {
        var ehr = new ScriptedEhr();
        ehr.Put("""{"resourceType":"Patient","id":"p2","active":true,"birthDate":"1950-01-01","name":[{"family":"Bell","given":["Walter"]}],"identifier":[{"system":"urn:mrn","value":"200"}]}""");
        return ehr;
    }

    private static Task<Receipt> PrintedAsync(TheService service, string patient) => service.Journey.ReceiveAsync(InputKind.AfterVisitSummary, "Diet: Low salt"u8.ToArray(), new SentAs("text/plain", patient), default);

    private static Task<Receipt> ScreeningAsync(TheService service, string members = "{}") => service.Journey.ReceiveAsync(InputKind.Screening,
        Responses.With($"[ {Responses.Item("88122-7", Responses.Code("LA28397-0"))}, {Responses.Item("88123-5", Responses.Code("LA28398-8"))} ]", members), new SentAs("application/fhir+json"), default);

    private static string Id(Receipt receipt) => receipt is Receipt.Accepted { Status.Id: var id } ? id : throw new AssertionException(receipt.ToString());
}
