using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Client;

public sealed class When_a_transaction_is_answered
{
    [Test]
    public async Task Each_entry_has_its_own_status()
    {
        const string told = """
            {"resourceType":"Bundle","type":"transaction-response","entry":[
              {"response":{"status":"201 Created","location":"Patient/a/_history/1","etag":"W/\"1\""}},
              {"response":{"status":"200","location":"https://ehr.test/fhir/Patient/b/_history/6"}},
              {"response":{"status":"422 Unprocessable","outcome":{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"value","details":{"coding":[{"code":"59012"}]}}]}}},
              {"resource":{"resourceType":"Patient","id":"d","meta":{"versionId":"9"}},"response":{"status":"201"}}]}
            """;
        using var server = new ScriptedServer(_ => Reply.Json(200, told));
        using var client = Some.Client(server);
        var sent = Some.Transaction(4);

        var answer = await client.TransactionAsync(sent, default);

        var read = TransactionAnswer.Read(sent, (Bundle)((FhirAnswer.Done)answer).Resource!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Seen[0].Target, Is.EqualTo("/fhir"));
            Assert.That(read.Entries.Select(entry => entry.Status), Is.EqualTo(new int?[] { 201, 200, 422, 201 }));
            Assert.That(read.Entries.Select(entry => entry.Location), Is.EqualTo(new FhirLocation?[] { new("Patient", "a", "1"), new("Patient", "b", "6"), null, new("Patient", "d", "9") }));
            Assert.That(read.Entries[2].Outcome?.Has("59012"), Is.True);
            Assert.That((read.Whole, read.AllDone), Is.EqualTo((true, false)));
        }
    }

    [Test]
    public void Fewer_entries_than_sent_tell_nothing_of_any()
    {
        var told = new Bundle { Type = Bundle.BundleType.TransactionResponse, Entry = [new() { Response = new Bundle.ResponseComponent { Status = "201", Location = "Patient/a" } }] };

        var read = TransactionAnswer.Read(Some.Transaction(2), told);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((read.Whole, read.AllDone), Is.EqualTo((false, false)));
            Assert.That(read.Entries, Is.EqualTo(new[] { EntryAnswer.Untold, EntryAnswer.Untold }));
        }
    }

    [TestCase("""{"resourceType":"Bundle","type":"searchset"}""")]
    [TestCase("""{"resourceType":"OperationOutcome","issue":[{"severity":"information","code":"informational"}]}""")]
    [TestCase("<html>ok</html>")]
    public async Task A_200_without_an_answer_Bundle_may_have_been_done(string body)
    {
        using var server = new ScriptedServer(_ => Reply.Json(200, body));
        using var client = Some.Client(server);

        var answer = await client.TransactionAsync(Some.Transaction(1), default);

        Assert.That(answer.MayBeDone, Is.True);
    }
}
