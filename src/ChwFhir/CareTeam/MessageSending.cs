using System.Text;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.CareTeam;

/// <summary>
/// Messages that come by themselves. A CHW's is told at once and goes to the chart by the same queue as a note; one from the team to the CHW is
/// kept with the service, and the chart has no word of it.
/// </summary>
public sealed class MessageSending
{
    /// <summary>Kind of the inputs by which a message goes to the chart.</summary>
    internal const string Kind = MessageNotes.Kind;

    // The path says whose chart it is; a message of the team's own app needs no second look at the birth date.
    internal static readonly IntakeOptions AsMessage = new() { RequirePatientCheck = false };

    private readonly NoteStore store;
    private readonly EhrConnection ehr;
    private readonly QuickLook quickLook;
    private readonly NoteMessages messages;
    private readonly MessageDesk desk;
    private readonly TimeProvider time;

    internal MessageSending(NoteStore store, EhrConnection ehr, QuickLook quickLook, NoteMessages messages, MessageDesk desk, TimeProvider time) =>
        (this.store, this.ehr, this.quickLook, this.messages, this.desk, this.time) = (store, ehr, quickLook, messages, desk, time);

    /// <summary>Takes a message about a patient; when the answer is <see cref="MessageAnswer.Done"/>, it is on disk and in the inbox of those it is for.</summary>
    public async Task<MessageAnswer> SendAsync(TeamCaller caller, string patientId, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var (posted, refusal) = PostedJson.Read(body, PostedMessage.Shape);
        if (posted is null)
            return refusal!;
        if (!FhirReference.TryParse($"Patient/{patientId}", out _))
            return new MessageAnswer.NotFound();
        if (posted.InReplyTo is { } earlier && !await MayGoOnAsync(caller, earlier, patientId, cancellationToken))
            return new MessageAnswer.Invalid([new NoteFault("/inReplyTo", "message-not-found", "is the id of no message about this patient that you may read")]);

        var now = time.GetUtcNow();
        var hash = HashOf(body, patientId);
        var id = $"message-{Uuid5.Urn(ehr.Id, $"{caller.Self}|{posted.Id ?? $"{hash}|{now:O}"}")["urn:uuid:".Length..]}";
        var input = MessageNote.Of(id, caller, patientId, posted, now);
        var read = (InputKind.Message.Read(input, SentAs.Json, AsMessage, now) as InputReading.Read)?.Input ?? throw new InvalidOperationException("A message that was read is no note.");
        var note = read.Note!;
        var (faults, isChecked, _) = await quickLook.LookAsync(read, cancellationToken);
        if (faults.Any(fault => fault.Pointer.StartsWith("/patient", StringComparison.Ordinal)))
            return new MessageAnswer.NotFound();

        // Whoever is a CHW and something else besides says by its kind as what they write it.
        var isOfChw = caller.Roles.Contains(TeamRoles.Chw) && (caller.IsOnlyChw || posted.Kind is null or MessageKind.Report);
        IReadOnlyList<IncomingMessage> told = isOfChw
            ? [.. (await messages.OfAsync(ehr.Id, note, note.Patient.Reference!, cancellationToken)).Select(message => messages.OfChw(message, posted, caller))]
            : [messages.OfTeam(posted, caller, id, hash, now)];
        try
        {
            // What is held has no place in the chart, and what the team says only where its writer presses "File to chart".
            return isOfChw && !told.Any(message => message.Held)
                ? await AcceptAsync(caller, new IncomingNote(
                    ehr.Id, id, Kind, Lanes.OfMessages(note.Patient.Reference!), note.Patient.Reference!, caller.Self, hash, now, input, isChecked ? [] : [QuickLook.NotYetChecked])
                {
                    Messages = told, SentBy = caller.Subject, Sender = caller.Self, Panel = caller.IsPanelUnknown ? NotePanel.NotYetKnown : NotePanel.In,
                }, cancellationToken)
                : await KeepAsync(caller, note.Patient.Reference!, told[0] with { ClientId = id, Hash = hash }, cancellationToken);
        }
        catch (StoreUnavailableException full)
        {
            return new MessageAnswer.Busy(full.RetryAfter);
        }
    }

    // One person's thread is never tied to another's.
    private async Task<bool> MayGoOnAsync(TeamCaller caller, string earlier, string patientId, CancellationToken cancellationToken) =>
        await desk.OpenAsync(caller, earlier, reads: false, cancellationToken) is MessageAnswer.Done { Message.Patient: var patient } && patient == $"Patient/{patientId}";

    private static string HashOf(ReadOnlyMemory<byte> body, string patientId)
    {
        using var json = StrictJson.Parse(body, out _);
        return CanonicalJson.Hash([.. CanonicalJson.Write(json!.RootElement), .. Encoding.UTF8.GetBytes($"\n{patientId}")]);
    }

    private async Task<MessageAnswer> AcceptAsync(TeamCaller caller, IncomingNote note, CancellationToken cancellationToken)
    {
        var acceptance = await store.AcceptAsync(note, cancellationToken);
        if (acceptance is Acceptance.Different)
            return OtherContent;

        if (acceptance is Acceptance.Accepted)
            messages.Kept(note.Messages);
        var message = await store.FindMessageAsync(ehr.Id, note.Id, note.Messages[0].Key, cancellationToken);
        return new MessageAnswer.Done(desk.View(message!, caller), WasHere: acceptance is Acceptance.AlreadyHere);
    }

    private async Task<MessageAnswer> KeepAsync(TeamCaller caller, string patient, IncomingMessage incoming, CancellationToken cancellationToken)
    {
        var (message, wasHere) = await store.KeepMessageAsync(ehr.Id, patient, incoming, cancellationToken);
        if (wasHere && message.Hash != incoming.Hash)
            return OtherContent;

        if (!wasHere)
            messages.Kept([incoming]);
        return new MessageAnswer.Done(desk.View(message, caller), wasHere);
    }

    private static MessageAnswer.Conflict OtherContent => new("other-content", "A message with this id is here with other content.");
}
