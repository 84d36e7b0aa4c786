using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Smart;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Messages;

/// <summary>What the page of one message needs, in the chart and in the inbox.</summary>
internal sealed class MessagePages(NoteStore store, EhrConnection ehr, TeamNames names, TimeProvider clock)
{
    private static readonly string[] Licensed = ["clinician", "nurse", "social-worker"];

    private static readonly HashSet<string> Sayings = ["done.seen", "done.taken", "done.handed", "done.replied", "done.call", "done.nurses", "done.closed", "done.filed"];

    public async Task<OneMessage> OfAsync(OpenSession session, Wording words, string address, MessageView message, AnswerForm form, CancellationToken cancellationToken)
    {
        var self = session.Body.Practitioner ?? session.Body.Subject;
        var colleagues = (await store.StaffAsync(ehr.Id, cancellationToken))
            .Where(person => person.Self != self && person.Self.StartsWith("Practitioner/", StringComparison.Ordinal) && person.Roles.Any(Licensed.Contains)).OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase).ToList();
        return new OneMessage(session, words, clock.GetLocalNow(), address, message, await names.OfAsync([message], cancellationToken), colleagues, RandomText.New(), form);
    }

    /// <summary>What was just done, as the address says it: one of our own sentences, or nothing.</summary>
    public static string? Said(HttpContext context) => context.Request.Query["said"].ToString() is var said && Sayings.Contains(said) ? said : null;

    public static bool LooksAhead(HttpContext context) =>
        HttpMethods.IsHead(context.Request.Method) || context.Request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase) || context.Request.Headers["Purpose"] == "prefetch";

    public static int StatusOf(AnswerForm form) => form.IsTrouble || form.IsAsked ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
}
