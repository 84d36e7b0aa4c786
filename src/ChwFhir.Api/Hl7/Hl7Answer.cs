using System.Globalization;
using System.Net.Mime;
using System.Text;
using ChwFhir.Intake.Hl7;

namespace ChwFhir.Api.Hl7;

/// <summary>What a sender of HL7 v2 hears.</summary>
/// <param name="Text">An acknowledgement for each message, of a batch in a batch.</param>
/// <param name="Status">The same as HTTP says it; of several messages that of the one that went worst.</param>
/// <param name="RetryAfter">When the store could not take it.</param>
/// <param name="Location">Of one message that was taken: where its status is read. An acknowledgement has no place for it.</param>
internal sealed record Hl7Answer(string Text, int Status, TimeSpan? RetryAfter = null, string? Location = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = ((int)Math.Max(1, Math.Ceiling(wait.TotalSeconds))).ToString(CultureInfo.InvariantCulture);
        if (Location is not null)
            response.Headers.Location = Location;
        response.StatusCode = Status;
        response.ContentType = new ContentType(MdmReader.MediaType) { CharSet = "utf-8" }.ToString();
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(Text), httpContext.RequestAborted);
    }
}
