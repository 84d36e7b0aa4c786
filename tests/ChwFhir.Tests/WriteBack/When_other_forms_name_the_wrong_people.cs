using ChwFhir.Queue;
using ChwFhir.Tests.Intake.Screenings;
using ChwFhir.WriteBack.Inputs;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>A summary has <c>/encounter</c>, a screening <c>/subject</c>: what the EHR finds wrong is said of a place that the sender finds, and what a person chose is found again by it.</summary>
internal sealed class When_other_forms_name_the_wrong_people
{
    [TestCase("Patient/p1", "Encounter/others", "/encounter/reference encounter-of-another-patient")]
    [TestCase("Patient/p1", "Encounter/none", "/encounter/reference encounter-not-found")]
    [TestCase("Patient/nobody", null, "/patient/reference patient-not-found")]
    public async Task A_summary_says_it_of_its_own_place(string patient, string? encounter, string fault)
    {
        await using var service = TheService.Over(WithOthers());

        Assert.That(Faults(await SummaryAsync(service, patient, encounter)), Is.EqualTo(fault));
    }

    [TestCase("Patient/p1", "Encounter/others", "/encounter/reference encounter-of-another-patient")]
    [TestCase("Patient/nobody", null, "/subject/reference patient-not-found")]
    public async Task A_screening_says_it_of_its_own_place(string patient, string? encounter, string fault)
    {
        await using var service = TheService.Over(WithOthers());

        Assert.That(Faults(await ScreeningAsync(service, patient, encounter)), Is.EqualTo(fault));
    }

    [Test]
    public async Task An_encounter_that_was_chosen_wrongly_for_a_summary_is_not_chosen_again_by_itself()
    {
        var ehr = WithOthers(new ScriptedEhr { Transactions = false, ConditionalCreates = false, NotDeclared = { "Encounter.create" } });
        await using var service = TheService.Over(ehr);
        await SummaryAsync(service, "Patient/p1", null);
        await service.WorkAsync(seconds: 1);
        ehr.IsDown = true;
        await service.Journey.ResolveAsync("d1", new NoteDecision("encounter", "use-encounter", Encounter: "Encounter/others"), "a person", default);
        ehr.IsDown = false;

        await service.WorkAsync(seconds: 4);
        var refused = await service.StatusAsync("d1");
        await service.Journey.RetryAsync("d1", default);
        await service.WorkAsync(seconds: 4);
        var again = await service.StatusAsync("d1");

        using var together = Assert.EnterMultipleScope();
        Assert.That(Errors(refused), Is.EqualTo(new[] { ("encounter-of-another-patient", "/encounter/reference") }));
        Assert.That(Errors(again).Select(error => error.Code), Is.EqualTo(new[] { "encounter-needed" }));
        Assert.That(ehr.All("DocumentReference"), Is.Empty);
    }

    [Test]
    public async Task The_chart_of_a_screening_that_is_in_question_can_be_confirmed()
    {
        await using var service = TheService.Over(new ScriptedEhr { Merged = { ["Patient/p0"] = "Patient/p1" } });
        await ScreeningAsync(service, "Patient/p0", null);
        await service.WorkAsync();
        var before = await service.StatusAsync("s1");

        var answer = await service.Journey.ResolveAsync("s1", new NoteDecision("patient", "written", Reference: "Patient/p1"), "a person", default);
        await service.WorkAsync(seconds: 2);

        using var together = Assert.EnterMultipleScope();
        Assert.That(Errors(before), Is.EqualTo(new[] { ("patient-merged", "/subject/reference") }));
        Assert.That(answer, Is.Not.InstanceOf<ResolveResult.Invalid>());
        Assert.That((await service.StatusAsync("s1")).State, Is.EqualTo("written"));
    }

    private static ScriptedEhr WithOthers(ScriptedEhr? ehr = null)
    {
        ehr ??= new ScriptedEhr();
        ehr.Put("""{"resourceType":"Encounter","id":"others","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/p2"}}""");
        return ehr;
    }

    private static Task<Receipt> SummaryAsync(TheService service, string patient, string? encounter) =>
        service.Journey.ReceiveAsync(InputKind.AfterVisitSummary, "Diet: Low salt"u8.ToArray(), new SentAs("text/plain", patient, encounter, "d1"), default);

    private static Task<Receipt> ScreeningAsync(TheService service, string patient, string? encounter) => service.Journey.ReceiveAsync(InputKind.Screening, Responses.With(
        $"[ {Responses.Item("88122-7", Responses.Code("LA28397-0"))}, {Responses.Item("88123-5", Responses.Code("LA28398-8"))} ]",
        $$"""{ "subject": { "reference": "{{patient}}" }, {{(encounter is null ? "" : $$"""
        "encounter": { "reference": "{{encounter}}" },
        """)}} "authored": "2026-11-03" }"""), new SentAs("application/fhir+json", DocumentId: "s1"), default);

    private static string Faults(Receipt receipt) => receipt is Receipt.Invalid { Faults: var faults } ? string.Join("; ", faults.Select(fault => $"{fault.Pointer} {fault.Code}")) : receipt.GetType().Name;

    private static (string Code, string? Pointer)[] Errors(NoteStatus status) => [.. status.Issues.Where(issue => issue.Severity == "error").Select(issue => (issue.Code, issue.Pointer))];
}
