using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Intake.Hl7;
using ChwFhir.Queue;
using ChwFhir.Tests.Intake.Ccda;
using ChwFhir.WriteBack.Inputs;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>A replacement (T10, RPLC, replaces) of a document that the service filed: one counts in the chart, and what it replaces says so.</summary>
internal sealed class When_a_document_replaces_another
{
    private const string Ada = "PID|1||100^^^&1.2.3&ISO^MR||Okáfor-Lind^Ada||19630402";
    private const string Walter = "PID|1||200^^^&1.2.3&ISO^MR||Bell^Walter||19500101";

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_one_before_is_superseded_and_its_plan_revoked(bool transactions)
    {
        await using var service = TheService.Over(WithTwo(new ScriptedEhr { Transactions = transactions }));
        await SendAsync(service, Message("T02", "DOC1", ""));
        await service.WorkAsync();
        var first = (await service.StatusAsync("DOC1")).Resources.ToDictionary(row => row.Key, row => row.Reference);

        await SendAsync(service, Message("T10", "DOC2", "DOC1"));
        await service.WorkAsync();

        var status = await service.StatusAsync("DOC2");
        var (before, after) = (At(service, first["note"]), At(service, status.Resources.Single(row => row.Key == "note").Reference));
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"), string.Join("; ", status.Issues));
        Assert.That((string?)before["status"], Is.EqualTo("superseded"));
        Assert.That((string?)after["status"], Is.EqualTo("current"));
        Assert.That(Relations(after), Is.EqualTo(new[] { $"replaces {first["note"]} DOC1" }));
        Assert.That((string?)At(service, first["plan"])["status"], Is.EqualTo("revoked"));
        var plan = At(service, status.Resources.Single(row => row.Key == "plan").Reference);
        Assert.That((string?)plan["status"], Is.EqualTo("active"));
        Assert.That((string?)plan["replaces"]![0]!["reference"], Is.EqualTo(first["plan"]));
        Assert.That(Text(after), Does.Contain("It replaces an earlier document, number DOC1, in this chart filed under DOC1/note."));
    }

    [Test]
    public async Task One_that_is_still_on_its_way_goes_first()
    {
        await using var service = TheService.Over(WithTwo());
        service.Ehr.IsDown = true;
        await SendAsync(service, Message("T02", "DOC1", ""));
        await SendAsync(service, Message("T10", "DOC2", "DOC1"));
        service.Ehr.IsDown = false;

        await service.WorkAsync(seconds: 5);

        using var together = Assert.EnterMultipleScope();
        Assert.That(Documents(service), Is.EqualTo(new[] { "DOC1 superseded", "DOC2 current" }));
        Assert.That(service.Ehr.All("CarePlan").Count(plan => (string?)plan["status"] == "active"), Is.EqualTo(1));
    }

    [Test]
    public async Task One_that_was_replaced_before_leaves_only_the_newest_to_count()
    {
        await using var service = TheService.Over(WithTwo());
        foreach (var (trigger, number, earlier) in new[] { ("T02", "DOC1", ""), ("T10", "DOC2", "DOC1"), ("T10", "DOC3", "DOC1") })
        {
            await SendAsync(service, Message(trigger, number, earlier));
            await service.WorkAsync();
        }

        Assert.That(Documents(service), Is.EqualTo(new[] { "DOC1 superseded", "DOC2 superseded", "DOC3 current" }));
    }

    [Test]
    public async Task An_addendum_leaves_it_as_it_is()
    {
        await using var service = TheService.Over(WithTwo());
        await SendAsync(service, Message("T02", "DOC1", ""));
        await service.WorkAsync();
        var first = (await service.StatusAsync("DOC1")).Resources.Single(row => row.Key == "note").Reference;

        await SendAsync(service, Message("T06", "DOC2", "DOC1"));
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(Documents(service), Is.EqualTo(new[] { "DOC1 current", "DOC2 current" }));
        Assert.That(service.Ehr.All("CarePlan").Select(plan => (string?)plan["status"]), Is.All.EqualTo("active"));
        Assert.That(service.Ehr.All("DocumentReference").SelectMany(Relations), Is.EqualTo(new[] { $"appends {first} DOC1" }));
    }

    [Test]
    public async Task An_EHR_that_updates_nothing_is_told_by_the_text_and_the_records_office_by_the_list()
    {
        await using var service = TheService.Over(WithTwo(new ScriptedEhr { Transactions = false, NotDeclared = { "DocumentReference.update", "CarePlan.update" } }));
        await SendAsync(service, Message("T02", "DOC1", ""));
        await service.WorkAsync();
        await SendAsync(service, Message("T10", "DOC2", "DOC1"));
        await service.WorkAsync();

        var status = await service.StatusAsync("DOC2");
        var (open, rows) = await service.Store.OpenRemovalsAsync(ScriptedEhr.BaseUrl, 10, default);
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"), string.Join("; ", status.Issues));
        Assert.That(open, Is.EqualTo(2));
        Assert.That(rows.Select(row => (row.NoteId, row.Key)), Is.EquivalentTo(new[] { ("DOC2", "earlier/note"), ("DOC2", "earlier/plan") }));
        Assert.That(Text(service.Ehr.All("DocumentReference")[^1]), Does.Contain("It replaces an earlier document, number DOC1, in this chart filed under DOC1/note."));
    }

    [Test]
    public async Task An_update_whose_answer_was_lost_is_found_done()
    {
        await using var service = TheService.Over(WithTwo(new ScriptedEhr { Transactions = false }));
        await SendAsync(service, Message("T02", "DOC1", ""));
        await service.WorkAsync();
        service.Ehr.Next("PUT DocumentReference", ScriptedEhr.Fault.LoseAnswer);

        await SendAsync(service, Message("T10", "DOC2", "DOC1"));
        await service.WorkAsync(seconds: 5);

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("DOC2")).State, Is.EqualTo("written"));
        Assert.That(Documents(service), Is.EqualTo(new[] { "DOC1 superseded", "DOC2 current" }));
        Assert.That(service.Ehr.All("DocumentReference").Select(one => (string?)one["meta"]!["versionId"]).Order(StringComparer.Ordinal), Is.EqualTo(new[] { "1", "2" }), "written over once");
    }

    [Test]
    public async Task A_replacement_that_the_EHR_refuses_leaves_the_one_before_to_count()
    {
        await using var service = TheService.Over(WithTwo(new ScriptedEhr { Transactions = false }));
        await SendAsync(service, Message("T02", "DOC1", ""));
        await service.WorkAsync();
        service.Ehr.Invalid = resource => resource.ToJsonString().Contains("DOC2/note\"", StringComparison.Ordinal) && (string?)resource["resourceType"] == "DocumentReference";

        await SendAsync(service, Message("T10", "DOC2", "DOC1"));
        await service.WorkAsync();

        Assert.That(Documents(service), Is.EqualTo(new[] { "DOC1 current" }));
    }

    [Test]
    public async Task Whoever_takes_the_replacement_back_leaves_the_one_before_superseded_and_not_in_error()
    {
        await using var service = TheService.Over(WithTwo());
        await SendAsync(service, Message("T02", "DOC1", ""));
        await SendAsync(service, Message("T10", "DOC2", "DOC1"));
        await service.WorkAsync(seconds: 2);

        await service.Journey.RetractAsync("DOC2", "entered-in-error", null, default);
        await service.WorkAsync();

        Assert.That(Documents(service), Is.EqualTo(new[] { "DOC1 superseded", "DOC2 entered-in-error" }));
    }

    [Test]
    public async Task A_C_CDA_replaces_by_its_related_document()
    {
        await using var service = TheService.Over(WithTwo());
        await service.Journey.ReceiveAsync(InputKind.AfterVisitSummary, Cda("S-1", ""), new SentAs("application/cda+xml"), default);
        await service.WorkAsync();
        await service.Journey.ReceiveAsync(InputKind.AfterVisitSummary, Cda("S-2", """<relatedDocument typeCode="RPLC"><parentDocument><id root="1.2.9" extension="S-1"/></parentDocument></relatedDocument>"""), new SentAs("application/cda+xml"), default);
        await service.WorkAsync();

        Assert.That(Documents(service), Is.EqualTo(new[] { "S-1 superseded", "S-2 current" }));
    }

    [Test]
    public async Task A_document_of_FHIR_replaces_by_relatesTo()
    {
        await using var service = TheService.Over(WithTwo());
        await service.Journey.ReceiveAsync(InputKind.AfterVisitSummary, Fhir("d1", ""), new SentAs("application/fhir+json"), default);
        await service.WorkAsync();
        await service.Journey.ReceiveAsync(InputKind.AfterVisitSummary, Fhir("d2", """ "relatesTo": [ { "code": "replaces", "target": { "identifier": { "system": "urn:docs", "value": "d1" } } } ], """), new SentAs("application/fhir+json"), default);
        await service.WorkAsync();

        Assert.That(Documents(service), Is.EqualTo(new[] { "d1 superseded", "d2 current" }));
    }

    [TestCase("T10")]
    [TestCase("T06")]
    public async Task One_of_another_patient_is_refused_at_its_place_without_a_word_of_whose_it_is(string trigger)
    {
        await using var service = TheService.Over(WithTwo());
        await SendAsync(service, Message("T02", "DOC1", "", Walter));
        await service.WorkAsync();
        var message = Message(trigger, "DOC2", "DOC1");

        var receipt = await SendAsync(service, message);

        var faults = (receipt as Receipt.Invalid)?.Faults ?? [];
        using var together = Assert.EnterMultipleScope();
        Assert.That(faults.Select(fault => fault.Code), Is.EqualTo(new[] { "earlier-of-another-patient" }));
        Assert.That(MdmReader.Placed(faults, message).Select(fault => fault.Pointer), Is.EqualTo(new[] { "TXA-13" }));
        Assert.That(string.Join(' ', faults), Does.Not.Contain("p2").And.Not.Contain("Bell"));
        Assert.That(await service.Journey.StatusAsync("DOC2", default), Is.Null);
    }

    [Test]
    public async Task One_of_another_patient_that_could_not_be_told_at_the_receipt_waits_for_a_person()
    {
        await using var service = TheService.Over(WithTwo());
        service.Ehr.IsDown = true;
        await SendAsync(service, Message("T02", "DOC1", "", Walter));
        await SendAsync(service, Message("T10", "DOC2", "DOC1"));
        service.Ehr.IsDown = false;

        await service.WorkAsync(seconds: 5);

        var status = await service.StatusAsync("DOC2");
        using var together = Assert.EnterMultipleScope();
        Assert.That((status.State, status.Issues.Where(issue => issue.Severity == "error").Select(issue => (issue.Code, issue.Pointer))), Is.EqualTo(("needs-attention", new[] { ("earlier-of-another-patient", "/relatesTo") })));
        Assert.That(Documents(service), Is.EqualTo(new[] { "DOC1 current" }));
    }

    private static ScriptedEhr WithTwo(ScriptedEhr? ehr = null)
    {
        ehr ??= new ScriptedEhr();
        ehr.Put("""{"resourceType":"Patient","id":"p2","active":true,"birthDate":"1950-01-01","name":[{"family":"Bell","given":["Walter"]}],"identifier":[{"system":"urn:oid:1.2.3","value":"200"}]}""");
        return ehr;
    }

    private static byte[] Message(string trigger, string number, string earlier, string patient = Ada) => Encoding.UTF8.GetBytes(
        $"MSH|^~\\&|EPIC|GHH|CHW|HOME|20261103154000-0500||MDM^{trigger}^MDM_{trigger}|{number}|P|2.5.1\r{patient}\rTXA|1|DS|TX|20261103||20261103153000-0500||||||{number}^ACME|{(earlier.Length > 0 ? $"{earlier}^ACME" : "")}||||AU\rOBX|1|TX|||Diet: low salt {number}||||||F\r");

    private static Task<Receipt> SendAsync(TheService service, byte[] message) => service.Journey.ReceiveAsync(InputKind.AfterVisitSummary, message,
        new SentAs(MdmReader.MediaType, Encoding.UTF8.GetString(message).Contains("Bell^Walter", StringComparison.Ordinal) ? null : "Patient/p1"), default);

    private static byte[] Cda(string number, string related) => Encoding.UTF8.GetBytes(SomeCcda.Document(SomeCcda.Section("69730-0", "Rest"),
        """<recordTarget><patientRole><id root="1.2.3" extension="100"/><patient><name><given>Ada</given><family>Okáfor-Lind</family></name><birthTime value="19630402"/></patient></patientRole></recordTarget>""" + related)
        .Replace("root=\"2.16.840.1.113883.19.5.99999.1\" extension=\"S-1\"", $"root=\"1.2.9\" extension=\"{number}\"", StringComparison.Ordinal));

    private static byte[] Fhir(string number, string related) => Encoding.UTF8.GetBytes($$"""
        { "resourceType": "DocumentReference", "status": "current", "masterIdentifier": { "system": "urn:docs", "value": "{{number}}" }, "subject": { "reference": "Patient/p1" }, {{related}}
          "content": [ { "attachment": { "contentType": "text/plain", "data": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes($"Diet: Low salt {number}"))}}" } } ] }
        """);

    private static JsonObject At(TheService service, string? reference) => service.Ehr.All(reference!.Split('/')[0]).Single(one => (string?)one["id"] == reference.Split('/')[1]);

    private static string[] Documents(TheService service) => [.. service.Ehr.All("DocumentReference").Where(one => one["masterIdentifier"] is not null).Select(one => $"{one["masterIdentifier"]!["value"]} {one["status"]}").Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Relations(JsonObject document) => (document["relatesTo"] as JsonArray ?? []).Select(one => $"{one!["code"]} {one["target"]!["reference"]} {one["target"]!["identifier"]?["value"]}");

    private static string Text(JsonObject document) => Encoding.UTF8.GetString(Convert.FromBase64String((string)document["content"]![0]!["attachment"]!["data"]!));
}
