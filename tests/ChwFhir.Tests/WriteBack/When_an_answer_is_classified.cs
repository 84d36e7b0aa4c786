using ChwFhir.Fhir;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Planning;
using ChwFhir.WriteBack;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>What an answer to a write is about: the table of rule 6.</summary>
internal sealed class When_an_answer_is_classified
{
    [TestCase("The surviving patient is Patient/eAB-12.", "Patient/eAB-12")]
    [TestCase("This chart was merged.", null)]
    public void The_chart_that_another_was_merged_into_is_told_to_the_person_who_confirms_it(string words, string? survivor)
    {
        var outcome = Outcome($$"""{"severity":"fatal","code":"processing","diagnostics":"{{words}}","details":{"coding":[{"code":"4107"} ] } }""");

        var (word, detail) = PersonCodes.Of(outcome)!.Value;

        Assert.That(word, Is.EqualTo("patient-merged"));
        Assert.That(detail, survivor is null ? Does.Not.Contain("Patient/") : Does.Contain($"{survivor}:"));
    }

    private static readonly OperationOutcome Invalid = Outcome("""{"severity":"error","code":"invalid"}""");
    private static readonly OperationOutcome NotSupported = Outcome("""{"severity":"error","code":"not-supported"}""");
    private static readonly OperationOutcome Forbidden = Outcome("""{"severity":"error","code":"forbidden","diagnostics":"Access denied by rule"}""");

    private static IEnumerable<TestCaseData> Table()
    {
        yield return Row("created", new FhirAnswer.Done(201, null, new FhirLocation("Goal", "1", "1")), "Written");
        yield return Row("created, and the server does not say where", new FhirAnswer.Done(201, null, null), "Unknown");
        yield return Row("updated without a word", new FhirAnswer.Done(200, null, null), "Written", update: true);
        yield return Row("bad content", new FhirAnswer.Refused(400, Invalid, BodyKind.Fhir), "NotThis");
        yield return Row("not processable", new FhirAnswer.Refused(422, Invalid, BodyKind.Fhir), "NotThis");
        yield return Row("too large", new FhirAnswer.Refused(413, null, BodyKind.Empty), "NotThis");
        yield return Row("several of it", new FhirAnswer.Refused(412, null, BodyKind.Empty), "Duplicates");
        yield return Row("another version", new FhirAnswer.Refused(412, null, BodyKind.Empty), "Changed", update: true);
        yield return Row("a conflict on update", new FhirAnswer.Refused(409, null, BodyKind.Empty), "Changed", update: true);
        yield return Row("gone on update", new FhirAnswer.Refused(404, Invalid, BodyKind.Fhir), "Changed", update: true);
        yield return Row("method not allowed", new FhirAnswer.Refused(405, null, BodyKind.Html), "NotTaken");
        yield return Row("not implemented", new FhirAnswer.Refused(501, null, BodyKind.Empty), "NotTaken");
        yield return Row("forbidden without a word", new FhirAnswer.Refused(403, null, BodyKind.Empty), "NotTaken");
        yield return Row("forbidden as not supported", new FhirAnswer.Refused(403, NotSupported, BodyKind.Fhir), "NotTaken");
        yield return Row("forbidden for this one", new FhirAnswer.Refused(403, Forbidden, BodyKind.Fhir), "NotThis");
        yield return Row("no such type, as a page", new FhirAnswer.Refused(404, null, BodyKind.Html), "NotTaken");
        yield return Row("a document forbidden without a word", new FhirAnswer.Refused(403, null, BodyKind.Empty), "Endpoint", type: "DocumentReference");
        yield return Row("token refused", new FhirAnswer.Refused(401, null, BodyKind.Empty), "Endpoint");
        yield return Row("scope missing", new FhirAnswer.Refused(403, null, BodyKind.Empty, "insufficient_scope"), "Endpoint");
        yield return Row("busy", new FhirAnswer.Busy(503, null), "Endpoint");
        yield return Row("not sent", new FhirAnswer.NotSent("no connection"), "Endpoint");
        yield return Row("resting", new FhirAnswer.CircuitOpen(TimeSpan.FromSeconds(5)), "Endpoint");
        yield return Row("failed", new FhirAnswer.Failed(500, null, BodyKind.Empty), "Unknown");
        yield return Row("lost", new FhirAnswer.Lost("timeout"), "Unknown");
        yield return Row("busy after an unclear send", new FhirAnswer.Busy(503, null) { AfterUnclearSend = true }, "Unknown");
        yield return Row("refused after an unclear send", new FhirAnswer.Refused(422, Invalid, BodyKind.Fhir) { AfterUnclearSend = true }, "Unknown");
        yield return Row("sent elsewhere", new FhirAnswer.Refused(302, null, BodyKind.Html), "Endpoint");
        yield return Row("the chart: merged, with the way to the surviving one", new FhirAnswer.Refused(301, Outcome("""{"severity":"fatal","code":"processing","details":{"coding":[{"code":"4107" } ] } }"""), BodyKind.Fhir), "Person");
        foreach (var code in new[] { "4107", "4118", "4130", "4131" })
            yield return Row($"the chart: {code}", new FhirAnswer.Refused(403, Outcome($$"""{"severity":"fatal","code":"forbidden","details":{"coding":[{"code":"{{code}}" } ] } }"""), BodyKind.Fhir), "Person");
    }

    [TestCaseSource(nameof(Table))]
    public void It_is_about(FhirAnswer answer, bool update, string type, string verdict)
    {
        var step = new PlanStep("goal/g", type, update ? PlanVerb.Update : PlanVerb.Create, "") { Reference = update ? $"{type}/1" : null };

        Assert.That(Answers.Of(answer, step).GetType().Name, Is.EqualTo(verdict));
    }

    private static TestCaseData Row(string name, FhirAnswer answer, string verdict, bool update = false, string type = "Goal") =>
        new TestCaseData(answer, update, type, verdict).SetArgDisplayNames(name, verdict);

    private static OperationOutcome Outcome(string issue) => FhirJson.Parse<OperationOutcome>($$"""{"resourceType":"OperationOutcome","issue":[{{issue}}]}""");
}
