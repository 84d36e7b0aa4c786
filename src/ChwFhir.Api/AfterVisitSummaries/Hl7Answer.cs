using System.Net.Mime;
using System.Text;
using ChwFhir.Intake;
using ChwFhir.Intake.Hl7;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.Api.AfterVisitSummaries;

/// <summary>
/// What an engine is told that speaks HL7 v2: an ACK for each message, AA when it is on disk or was before, AE for what it says, AR for what it is. The status of
/// the answer is that of the message, of several the one that went worst.
/// </summary>
internal sealed class Hl7Answer(int status, string acks, TimeSpan? retryAfter) : IResult
{
    public static async Task<Hl7Answer> OfAsync(InputKind kind, ReadOnlyMemory<byte> body, Queue.SentAs sentAs, VisitNoteJourney journey, TimeProvider time, CancellationToken cancellationToken)
    {
        var messages = MdmReader.Messages(body);
        var acks = new StringBuilder();
        var (status, retryAfter) = (StatusCodes.Status200OK, default(TimeSpan?));
        foreach (var message in messages.Count == 0 ? [body] : messages)
        {
            var receipt = await journey.ReceiveAsync(kind, message, sentAs, cancellationToken);
            var (one, code, problems) = Say(receipt);
            acks.Append(Hl7Ack.Write(message, code, problems, time.GetUtcNow()));
            status = Math.Max(status, one);
            retryAfter = receipt is Receipt.Busy { RetryAfter: var wait } ? wait : retryAfter;
        }
        return new Hl7Answer(status, acks.ToString(), retryAfter);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (retryAfter is { } wait)
            response.Headers.RetryAfter = ((int)Math.Max(1, Math.Ceiling(wait.TotalSeconds))).ToString(System.Globalization.CultureInfo.InvariantCulture);
        response.StatusCode = status;
        response.ContentType = new ContentType(MdmReader.MediaType) { CharSet = "utf-8" }.ToString();
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(acks), httpContext.RequestAborted);
    }

    private static (int Status, AckCode Code, IReadOnlyList<NoteFault> Problems) Say(Receipt receipt) => receipt switch
    {
        Receipt.Accepted => (StatusCodes.Status202Accepted, AckCode.Accept, []),
        Receipt.AlreadyHere => (StatusCodes.Status200OK, AckCode.Accept, []),
        Receipt.Invalid(var faults) => (StatusCodes.Status422UnprocessableEntity, AckCode.Error, faults),
        Receipt.Conflict => (StatusCodes.Status409Conflict, AckCode.Error, [new NoteFault("TXA-12", "other-content", "A document with this number is here with other content.")]),
        Receipt.TooLarge(var limit) => (StatusCodes.Status413PayloadTooLarge, AckCode.Error, [new NoteFault("", "too-large", $"At most {limit / 1024} KiB are taken here.")]),
        Receipt.Unreadable(var fault) => (StatusCodes.Status400BadRequest, AckCode.Reject, [fault]),
        Receipt.Busy => (StatusCodes.Status503ServiceUnavailable, AckCode.Error, [new NoteFault("", "store-busy", "The store cannot take it now. Nothing was kept; send it again.")]),
        var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
    };
}
