using System.Globalization;
using ChwFhir.Queue;

namespace ChwFhir.CareTeam;

/// <summary>A reply, kept with the service; in the chart only when its writer pressed "File to chart".</summary>
/// <param name="Text">Null to a CHW where the patient is to be called: who calls says it, the CHW does not pass it on.</param>
/// <param name="For">Whose turn it is: <c>chw</c>, or <c>patient-call-needed</c>.</param>
/// <param name="Will"><c>i-call</c>, <c>nurse-calls</c>, <c>appointment</c>, <c>none</c>.</param>
/// <param name="Until">By when, as FHIR writes a date or a moment.</param>
/// <param name="FiledAs">Id under <c>/visit-notes</c> of its way to the chart.</param>
public sealed record ReplyView(string Id, string? Text, string For, string Will, string? Until, string By, string Role, DateTimeOffset At, string? FiledAs)
{
    internal static ReplyView Of(StoredReply reply, TeamCaller reader)
    {
        var body = ReplyBody.Read(reply.Body);
        var isAdvice = body.IsForAnotherCaller && reader.IsChw && TeamCaller.Canonical(reply.By) != reader.Self;
        return new ReplyView(IdOf(reply), isAdvice ? null : body.Text, body.For, body.Will, body.By, reply.By, reply.Role, reply.At, reply.FiledAs);
    }

    internal static string IdOf(StoredReply reply) => reply.Id.ToString(CultureInfo.InvariantCulture);
}
