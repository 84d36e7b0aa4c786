using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Planning;

namespace ChwFhir.WriteBack;

/// <summary>
/// What an answer is about: the resource (400, 409, 412, 422), the chart or the user (codes), the type (405, 501, 403 and 404 on a type-level create)
/// or the endpoint (token, scope, no connection, busy). Pure.
/// </summary>
internal static class Answers
{
    private const string AlreadyThere = "59189";

    public static Verdict Of(FhirAnswer answer, PlanStep step) => answer switch
    {
        FhirAnswer.Done { Location: { } place } done => new Verdict.Written(place, WasThere(done.Status, step)),
        FhirAnswer.Done when step is { Will: PlanVerb.Update, Reference: { } reference } && FhirLocation.Parse(reference) is { } place => new Verdict.Written(place, false),
        FhirAnswer.Done => new Verdict.Unknown("done, but the server did not say where"),
        FhirAnswer.Refused { Status: 412 } refused when !WithoutOwnProfiles.AreRefused(refused.Outcome, step.Resource) => Precondition(step),
        { SurelyNotDone: false } and not FhirAnswer.Refused => new Verdict.Unknown(WordOf(answer)),
        FhirAnswer.Refused refused when answer.AfterUnclearSend => new Verdict.Unknown($"refused ({refused.Status}) after an unclear answer"),
        FhirAnswer.Refused refused when IsAboutEndpoint(refused) || (refused is { Status: 403, Body: not BodyKind.Fhir } && step.Type == "DocumentReference") => new Verdict.Endpoint($"answered {refused.Status}"),
        FhirAnswer.Refused refused => Refusal(refused.Status, refused.Outcome, step),
        _ => new Verdict.Endpoint(WordOf(answer)),
    };

    /// <summary>One entry of a transaction's answer.</summary>
    public static Verdict Of(EntryAnswer entry, PlanStep step) => entry switch
    {
        { Done: true, Location: { } place } => new Verdict.Written(place, WasThere(entry.Status, step)),
        { Done: true } when step is { Will: PlanVerb.Update, Reference: { } reference } && FhirLocation.Parse(reference) is { } place => new Verdict.Written(place, false),
        { Status: 412 } when !WithoutOwnProfiles.AreRefused(entry.Outcome, step.Resource) => Precondition(step),
        { Status: >= 400 and < 500 and not 408 and not 425 and not 429 } => Refusal(entry.Status.Value, entry.Outcome, step),
        { Status: 425 or 429 or 503 } => new Verdict.Endpoint($"entry answered {entry.Status}"),
        _ => new Verdict.Unknown(entry.Status is { } status ? $"entry answered {status}" : "the server said nothing of an entry"),
    };

    /// <summary>The token, the scope: the same for every note.</summary>
    public static bool IsAboutEndpoint(FhirAnswer.Refused refused) =>
        refused is { Status: 401 } or { Challenge: "insufficient_scope" or "invalid_token" } or { Status: < 400, Outcome: null };

    /// <summary>How the refusal of one step reads when the whole request was refused for it.</summary>
    public static Verdict Refusal(int status, OperationOutcome? outcome, PlanStep step)
    {
        if (PersonCodes.Of(outcome) is { } person)
            return new Verdict.Person(person.Word, person.Detail);
        if (step.Will == PlanVerb.Update && status is (404 or 409 or 410))
            return new Verdict.Changed();

        if (IsRepeatedReading(outcome, step))
            return new Verdict.There("the EHR had this reading already");

        var reason = outcome?.Summary() is { Length: > 0 } summary ? $"EHR refused it: {status} ({summary})" : $"EHR refused it: {status}";
        return IsAboutType(status, outcome, step) ? new Verdict.NotTaken(NotAccepted(step)) : new Verdict.NotThis(reason, WithoutOwnProfiles.AreRefused(outcome, step.Resource) ? [WithoutOwnProfiles.Element] : Elements(outcome));
    }

    public static string NotAccepted(PlanStep step) => $"EHR does not accept {step.Type}.{Interaction(step)}";

    public static string Interaction(PlanStep step) => step.Will == PlanVerb.Update ? Interactions.Update : Interactions.Create;

    public static string WordOf(FhirAnswer answer) => answer switch
    {
        FhirAnswer.Refused refused => $"refused with {refused.Status}",
        FhirAnswer.Failed failed => $"failed with {failed.Status}",
        FhirAnswer.Busy busy => $"busy with {busy.Status}",
        FhirAnswer.Lost => "the answer was lost",
        FhirAnswer.NotSent => "not sent",
        FhirAnswer.CircuitOpen => "not sent: the endpoint rests",
        _ => "answered",
    };

    /// <summary>The words are about the interaction or the type, not about one resource.</summary>
    public static bool SaysNotSupported(OperationOutcome? outcome) =>
        outcome?.Issue.Any(issue => issue.Code == OperationOutcome.IssueType.NotSupported || Says(issue, "not support") || Says(issue, "unknown resource")) is true;

    // Only a conditional create can meet what was there before; some servers answer 200 to every create.
    private static bool WasThere(int? status, PlanStep step) => status == 200 && step is { Will: PlanVerb.Create, IfNoneExist: not null };

    /// <summary>412 to <c>If-Match</c>: somebody wrote in between. To <c>If-None-Exist</c>: several match.</summary>
    public static Verdict Precondition(PlanStep step) => step.Will == PlanVerb.Update ? new Verdict.Changed() : new Verdict.Duplicates();

    // A 403 or 404 with words of its own is about this chart, or about something that the resource names, unless the words say that the
    // interaction is not there at all; without words it is about the type where it answers a create, which names no resource that could be meant.
    private static bool IsAboutType(int status, OperationOutcome? outcome, PlanStep step) => status switch
    {
        405 or 501 => true,
        403 or 404 => outcome is null ? step.Will == PlanVerb.Create
            : SaysNotSupported(outcome),
        _ => false,
    };

    // The same value of the same kind at the same instant, refused because it stands there: what was to be written is written.
    private static bool IsRepeatedReading(OperationOutcome? outcome, PlanStep step) =>
        step is { Type: "Observation", Will: PlanVerb.Create } && outcome is not null && (outcome.Has(AlreadyThere) || outcome.Issue.Any(issue => issue.Code == OperationOutcome.IssueType.Duplicate));

    private static IReadOnlyList<string> Elements(OperationOutcome? outcome) =>
        [.. (outcome?.Issue ?? []).SelectMany(issue => issue.Expression.Concat(issue.Location)).OfType<string>()];

    private static bool Says(OperationOutcome.IssueComponent issue, string words) =>
        $"{issue.Diagnostics} {issue.Details?.Text}".Contains(words, StringComparison.OrdinalIgnoreCase);
}
