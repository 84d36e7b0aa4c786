using System.Text;
using ChwFhir.Access;
using ChwFhir.Api.AfterVisitSummaries;
using ChwFhir.Intake;
using ChwFhir.Intake.Hl7;
using ChwFhir.Queue;

namespace ChwFhir.Api.Hl7;

/// <summary>Messages of HL7 v2 in, an acknowledgement for each out, by whatever door they come. AA is said only of what is on disk.</summary>
internal sealed class Hl7Exchange(TakeSummary take, TimeProvider time)
{
    /// <param name="enhanced">Whether the connection knows the enhanced mode (MSH-15, MSH-16).</param>
    public async Task<Hl7Answer> AnswerAsync(Caller caller, ReadOnlyMemory<byte> body, SentAs sentAs, bool enhanced, CancellationToken cancellationToken)
    {
        var messages = MdmReader.Messages(body);
        if (messages.Count <= 1 && (messages.Count == 0 || !MdmReader.IsBatch(body)))
            return await OneAsync(caller, messages.Count == 1 ? messages[0] : body, sentAs, enhanced, cancellationToken);

        // Not as many as fit: what is left without an answer counts as taken with senders who look only for refusals.
        if (messages.Count > MdmReader.MostMessages)
            return Whole(body, new NoteFault("", "too-large", FormattableString.Invariant($"A batch has at most {MdmReader.MostMessages} messages; none of these was taken.")), StatusCodes.Status413PayloadTooLarge, enhanced);
        if (!MdmReader.IsBatch(body))
            return Whole(body, MdmReader.SeveralMessages, StatusCodes.Status422UnprocessableEntity, enhanced);

        var answers = new List<Hl7Answer>(messages.Count);
        foreach (var message in messages)
            answers.Add(await OneAsync(caller, message, sentAs with { DocumentId = null }, enhanced, cancellationToken));
        return new Hl7Answer(Batch(body, answers), answers.Select(answer => answer.Status).DefaultIfEmpty(StatusCodes.Status400BadRequest).Max(), answers.Select(answer => answer.RetryAfter).Max());
    }

    private Hl7Answer Whole(ReadOnlyMemory<byte> body, NoteFault fault, int status, bool enhanced)
    {
        var answer = new Hl7Answer(Hl7Ack.Write(body, AckCode.Error, [fault], time.GetLocalNow(), enhanced), status);
        return MdmReader.IsBatch(body) ? answer with { Text = Batch(body, [answer]) } : answer;
    }

    private async Task<Hl7Answer> OneAsync(Caller caller, ReadOnlyMemory<byte> message, SentAs sentAs, bool enhanced, CancellationToken cancellationToken)
    {
        var receipt = await take(caller, message, sentAs, cancellationToken);
        var (code, status, problems) = Meaning(receipt);
        return new Hl7Answer(Hl7Ack.Write(message, code, MdmReader.Placed(problems, message), time.GetLocalNow(), enhanced), status, (receipt as Receipt.Busy)?.RetryAfter, LocationOf(receipt));
    }

    private static string? LocationOf(Receipt receipt) => receipt switch
    {
        Receipt.Accepted(var status) => SummaryRoutes.Route.Location(status.Id),
        Receipt.AlreadyHere(var status) => SummaryRoutes.Route.Location(status.Id),
        _ => null,
    };

    private static (AckCode Code, int Status, IReadOnlyList<NoteFault> Problems) Meaning(Receipt receipt) => receipt switch
    {
        Receipt.Accepted => (AckCode.Accept, StatusCodes.Status202Accepted, []),
        Receipt.AlreadyHere => (AckCode.Accept, StatusCodes.Status200OK, []),
        Receipt.Invalid(var faults) => (AckCode.Error, StatusCodes.Status422UnprocessableEntity, faults),
        Receipt.Conflict => (AckCode.Error, StatusCodes.Status409Conflict, [new NoteFault("TXA-12", "other-content", "A document with this number is here with other content. Send what changed as a replacement (T10) or an addendum (T06) that names this one in TXA-13; another document needs a number of its own.")]),
        Receipt.Unreadable(var fault) => (AckCode.Reject, StatusCodes.Status400BadRequest, [fault]),
        Receipt.TooLarge(var limit) => (AckCode.Error, StatusCodes.Status413PayloadTooLarge, [new NoteFault("", "too-large", FormattableString.Invariant($"A message has at most {limit} bytes."))]),
        Receipt.Busy => (AckCode.Reject, StatusCodes.Status503ServiceUnavailable, [new NoteFault("", "busy", "The store cannot take it now; send it again.")]),
        _ => (AckCode.Reject, StatusCodes.Status400BadRequest, [new NoteFault("MSH-9", "unsupported-message-type", "This is not a form in which it is read here.")]),
    };

    private string Batch(ReadOnlyMemory<byte> body, List<Hl7Answer> answers)
    {
        var text = new StringBuilder(Hl7Ack.BatchHeader(body, time.GetLocalNow()));
        foreach (var answer in answers)
            text.Append(answer.Text);
        return text.Append(Hl7Ack.BatchTrailer(body, answers.Count)).ToString();
    }
}
