using System.Text;
using ChwFhir.Queue;
using ChwFhir.Tests.Intake.Screenings;
using ChwFhir.WriteBack.Inputs;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>Documents of FHIR whose systems number alike; the messages of engines: <c>Journeys.Tests/Hl7</c>.</summary>
internal sealed class When_documents_have_one_number
{
    private const string Fhir = "application/fhir+json";

    [Test]
    public async Task Each_system_has_its_own_and_only_the_same_one_is_a_conflict()
    {
        await using var service = TheService.Over(new ScriptedEhr());

        string[] said =
        [
            Said(await SummaryAsync(service, "urn:oid:1.2.3", "low")), Said(await SummaryAsync(service, "urn:oid:4.5.6", "no")), Said(await SummaryAsync(service, "urn:oid:4.5.6", "no")),
            Said(await SummaryAsync(service, "urn:oid:4.5.6", "changed")), Said(await SummaryAsync(service, "urn:oid:1.2.3", "low")), Said(await SummaryAsync(service, "https://x.example/a b", "low")),
        ];
        await service.WorkAsync();

        using var scope = Assert.EnterMultipleScope();
        Assert.That(said[..5], Is.EqualTo(new[] { "taken d-7", "taken 4.5.6_d-7", "here 4.5.6_d-7", "Conflict", "here d-7" }));
        Assert.That(said[5], Does.StartWith("taken d-7."));
        Assert.That((await service.StatusAsync("4.5.6_d-7")).State, Is.EqualTo("written"), "read again under its own id");
        Assert.That(service.Ehr.All("DocumentReference"), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_screening_and_a_note_may_have_the_number_too()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        var note = SomeVisit.Note("d-7");
        await service.PostAsync(note);

        var first = Said(await ScreeningAsync(service, "urn:oid:1.2.3"));
        var second = Said(await ScreeningAsync(service, "urn:oid:4.5.6"));

        Assert.That((first, second), Is.EqualTo(("taken 1.2.3_d-7", "taken 4.5.6_d-7")));
    }

    [Test]
    public async Task The_id_that_the_caller_gives_is_never_another()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await SummaryAsync(service, "urn:oid:1.2.3", "low");

        Assert.That(Said(await SummaryAsync(service, "urn:oid:4.5.6", "no", "d-7")), Is.EqualTo("Conflict"));
    }

    private static string Said(Receipt receipt) => receipt switch
    {
        Receipt.Accepted { Status.Id: var id } => $"taken {id}",
        Receipt.AlreadyHere { Status.Id: var id } => $"here {id}",
        var other => other.GetType().Name,
    };

    private static Task<Receipt> SummaryAsync(TheService service, string system, string words, string? id = null) => service.Journey.ReceiveAsync(InputKind.AfterVisitSummary, Encoding.UTF8.GetBytes($$"""
        { "resourceType": "DocumentReference", "status": "current", "masterIdentifier": { "system": "{{system}}", "value": "d-7" }, "subject": { "reference": "Patient/p1" },
          "content": [ { "attachment": { "contentType": "text/plain", "data": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes($"Diet: {words} salt"))}}" } } ] }
        """), new SentAs(Fhir, DocumentId: id), default);

    private static Task<Receipt> ScreeningAsync(TheService service, string system) => service.Journey.ReceiveAsync(InputKind.Screening, Responses.With(
        $"[ {Responses.Item("88122-7", Responses.Code("LA28397-0"))}, {Responses.Item("88123-5", Responses.Code("LA28398-8"))} ]",
        $$"""{ "identifier": { "system": "{{system}}", "value": "d-7" }, "authored": "2026-11-03" }"""), new SentAs(Fhir), default);
}
