using System.Text.Json;
using ChwFhir.CareTeam;
using ChwFhir.Fhir.Smart;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Messages;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>What became of a visit that was sent, and what the team says to it.</summary>
internal sealed class AfterVisit(StoreReader store, MessageSending sending)
{
    /// <summary>Words of the contract, the usual one first.</summary>
    public static readonly IReadOnlyList<string> To = ["care-team", "nurse", "pcp", "social-work", "palliative-care", "pharmacy", "supervisor"];

    public async Task<VisitSent?> ReadAsync(PatientHere here, string note, CancellationToken cancellationToken) =>
        await store.NoteAsync(here, note, cancellationToken) is { Kind: "visit-note" } found
            ? new VisitSent(found, [.. (await store.MessagesAsync(here, cancellationToken)).OrderByDescending(message => message.SentAt)], RandomText.New())
            : null;

    /// <returns>The message, or the key of what was wrong.</returns>
    public async Task<(MessageView? Told, string? Trouble)> TellAsync(PatientHere here, FormFields form, CancellationToken cancellationToken)
    {
        if (form.Text("text") is not { } text)
            return (null, "write.empty");
        if (text.Length > Writing.Longest)
            return (null, "write.too-long");
        var urgency = form.Text("urgency") is { } word && Writing.Urgencies.Contains(word) ? word : Writing.Urgencies[0];
        var to = form.Text("to") is { } whom && To.Contains(whom) ? whom : To[0];
        // The form's own id: sent twice it is one message.
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id = form.Text("id") is { Length: <= 64 } id ? id : RandomText.New(), kind = "report", to = new[] { to }, urgency, text, needsReply = form.Has("needsReply") });
        return await sending.SendAsync(StoreReader.CallerOf(here.Session.Body), here.Id, body, cancellationToken) switch
        {
            MessageAnswer.Done(var message, _) => (message, null),
            MessageAnswer.Busy => (null, "write.busy"),
            _ => (null, "write.refused"),
        };
    }
}
