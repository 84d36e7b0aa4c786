using System.Globalization;
using System.Text.Json;
using ChwFhir.Audit;
using ChwFhir.CareTeam;
using ChwFhir.CareTeam.Advice;
using ChwFhir.Fhir.Smart;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Messages;

/// <summary>What people do with a message on its page, wherever that page hangs: by the same desk as the API.</summary>
internal sealed class MessageActs(MessageDesk desk, MessageFiling filing, TheirMedicines medicines, TimeProvider clock)
{
    public static readonly IReadOnlyList<string> Words = ["seen", "take", "hand", "reply", "close", "file"];

    /// <returns>What became of it, with what was filled in where it was not taken; <c>Done</c> null when nothing was asked of the desk.</returns>
    public async Task<(MessageAnswer? Answer, AnswerForm Form)> DoAsync(OpenSession session, TeamCaller caller, MessageView message, string act, IFormCollection form, Speech.Wording words, CancellationToken cancellationToken)
    {
        switch (act)
        {
            case "seen":
                return Became(await desk.AcknowledgeAsync(caller, message.Id, cancellationToken), "done.seen");
            case "take":
                return Became(await desk.TakeAsync(caller, message.Id, cancellationToken), "done.taken");
            case "hand" when form["to"].ToString() is { Length: > 0 and <= 200 } to:
                return Became(await desk.HandAsync(caller, message.Id, Json(new { to, reason = Short(form["reason"]) }), cancellationToken), "done.handed");
            case "close" when AnswerForm.Outcomes.Contains(form["outcome"].ToString()):
                return Became(await desk.CloseAsync(caller, message.Id, Json(new { outcome = form["outcome"].ToString(), reason = Short(form["reason"]), knownUntil = Short(form["until"]) }), cancellationToken), "done.closed");
            case "file":
                return Became(await filing.FileAsync(caller, message.Id, form["reply"].ToString() is { Length: > 0 } reply ? Json(new { reply }) : ReadOnlyMemory<byte>.Empty, cancellationToken), "done.filed");
            case "reply":
                return await ReplyAsync(session, caller, message, form, words, cancellationToken);
            default:
                return (null, new AnswerForm($"missing.{act}", IsTrouble: true));
        }
    }

    private async Task<(MessageAnswer?, AnswerForm)> ReplyAsync(OpenSession session, TeamCaller caller, MessageView message, IFormCollection form, Speech.Wording words, CancellationToken cancellationToken)
    {
        var text = form["text"].ToString().ReplaceLineEndings("\n").Trim();
        var will = AnswerForm.Wills.Contains(form["will"].ToString()) ? form["will"].ToString() : "none";
        var by = AnswerForm.Times.Contains(form["by"].ToString()) ? form["by"].ToString() : "";
        var filled = new AnswerForm(Text: text, Will: will, By: by);
        if (text.Length == 0 && will == "none")
            return (null, filled with { Said = "reply.empty", IsTrouble = true });
        if (text.Length > Writing.Longest)
            return (null, filled with { Said = "write.too-long", IsTrouble = true });

        var advice = form["advice"].ToString();
        var heard = advice is "call" or "nurse" or "none" || !AdviceGuard.Minds(caller, message) ? [] : AdviceGuard.Default.Heard(text, await medicines.OfAsync(session, message.Patient));
        if (heard.Count > 0)
            return (null, filled with { Advice = heard });

        will = advice switch { "call" => "i-call", "nurse" => "nurse-calls", _ => will };
        var isAdvice = advice is "call" or "nurse";
        var body = Json(new
        {
            id = form["id"].ToString() is { Length: > 0 and <= 64 } id ? id : RandomText.New(),
            text = text.Length > 0 ? text : words.Of("will", will),
            @for = isAdvice ? "patient-call-needed" : "chw",
            will,
            by = will == "none" ? null : Until(by),
        });
        var (answer, became) = Became(await desk.ReplyAsync(caller, message.Id, body, cancellationToken), isAdvice ? "done.call" : "done.replied");
        if (answer is MessageAnswer.Done { Message.To: var to } && to.Contains(TeamRoles.Nurse) && !message.To.Contains(TeamRoles.Nurse))
            return (answer, new AnswerForm("done.nurses"));
        return (answer, became.IsTrouble ? filled with { Said = became.Said, IsTrouble = true } : became);
    }

    private string? Until(string by)
    {
        var now = clock.GetLocalNow();
        return by switch
        {
            "hour" => now.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            "today" => Day(now),
            "tomorrow" => Day(now.AddDays(1)),
            "week" => Day(now.AddDays(7)),
            _ => null,
        };
    }

    private static string Day(DateTimeOffset day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static (MessageAnswer, AnswerForm) Became(MessageAnswer answer, string done) => answer switch
    {
        MessageAnswer.Done => (answer, new AnswerForm(done)),
        MessageAnswer.Conflict { Code: "taken" or "closed" or "withdrawn" } conflict => (answer, new AnswerForm($"conflict.{conflict.Code}", IsTrouble: true)),
        MessageAnswer.Busy => (answer, new AnswerForm("conflict.busy", IsTrouble: true)),
        MessageAnswer.NotAllowed { Code: "held" } => (answer, new AnswerForm("conflict.held", IsTrouble: true)),
        MessageAnswer.Invalid { Faults: var faults } when faults.Any(fault => fault.Pointer == "/reason") => (answer, new AnswerForm("conflict.reason", IsTrouble: true)),
        MessageAnswer.Invalid { Faults: var faults } when faults.Any(fault => fault.Pointer == "/knownUntil") => (answer, new AnswerForm("conflict.until", IsTrouble: true)),
        _ => (answer, new AnswerForm("conflict.other", IsTrouble: true)),
    };

    public static AuditAction ActionOf(string act) => act == "reply" || act == "file" ? AuditAction.Create : AuditAction.Update;

    private static string? Short(string? text) => text?.Trim() is { Length: > 0 } said ? said[..Math.Min(said.Length, 500)] : null;

    private static ReadOnlyMemory<byte> Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, JsonOptions);

    private static readonly JsonSerializerOptions JsonOptions = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
}
