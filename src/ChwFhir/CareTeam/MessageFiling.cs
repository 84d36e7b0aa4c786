using System.Globalization;
using System.Security.Cryptography;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.CareTeam;

/// <summary>
/// "File to chart": what somebody of the care team says of a message is kept with the service until that person asks for it; then it goes by the same
/// queue and ledger as a note, as a document that names them. Asked for again it is the same document.
/// </summary>
public sealed class MessageFiling
{
    private readonly NoteStore store;
    private readonly EhrConnection ehr;
    private readonly QuickLook quickLook;
    private readonly MessageDesk desk;
    private readonly TimeProvider time;

    internal MessageFiling(NoteStore store, EhrConnection ehr, QuickLook quickLook, MessageDesk desk, TimeProvider time) =>
        (this.store, this.ehr, this.quickLook, this.desk, this.time) = (store, ehr, quickLook, desk, time);

    /// <summary>Takes the order to file; when the answer is <see cref="MessageAnswer.Done"/>, it is on disk and will be written back.</summary>
    /// <param name="body">Empty: their own message, or that they have seen it.</param>
    public async Task<MessageAnswer> FileAsync(TeamCaller caller, string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var (posted, refusal) = PostedFile.Read(body);
        if (posted is null)
            return refusal!;
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || await store.FindMessageAsync(ehr.Id, number, cancellationToken) is not { } message)
            return new MessageAnswer.NotFound();
        if (!MessageDecisions.MayRead(message, caller))
            return new MessageAnswer.NotFound(message.Patient);
        var (words, why) = Filing.Of(message, caller, posted, time.GetUtcNow());
        if (words is null)
            return why!;
        if (!FhirReference.TryParse(caller.Self, out var self) || self.Type is not ("Practitioner" or "PractitionerRole"))
            return NotInTheEhr;

        var note = $"filed-{Uuid5.Urn(ehr.Id, $"{message.Number.ToString(CultureInfo.InvariantCulture)}|{words.Part}|{caller.Self}")["urn:uuid:".Length..]}";
        if (message.Filed.Any(filed => filed.Note == note))
            return new MessageAnswer.Done(desk.View(message, caller), WasHere: true);

        var input = FiledNote.Of(note, caller, message, words);
        var read = InputKind.TeamNote.Read(input, SentAs.Json, MessageSending.AsMessage, time.GetUtcNow()) as InputReading.Read ?? throw new InvalidOperationException("What is filed is no note.");
        var (faults, isChecked, chart) = await quickLook.LookAsync(read.Input, cancellationToken);
        if (faults.Any(fault => fault.Pointer.StartsWith("/author", StringComparison.Ordinal)))
            return NotInTheEhr;

        var patient = chart ?? message.Patient;
        try
        {
            // The id says which words they are: a second press while the first is under way is the same note, whatever a newer version would write.
            await store.AcceptAsync(new IncomingNote(
                ehr.Id, note, TeamNotes.Kind, Lanes.OfMessages(patient), patient, caller.Self, Convert.ToHexStringLower(SHA256.HashData(input)), words.At, input, isChecked ? [] : [QuickLook.NotYetChecked]), cancellationToken);
        }
        catch (StoreUnavailableException full)
        {
            return new MessageAnswer.Busy(full.RetryAfter);
        }
        return await desk.ChangeAsync(caller, id, now => Filing.Filed(now, caller, words, note), cancellationToken);
    }

    private static MessageAnswer.Conflict NotInTheEhr => new("author-not-found", "The EHR does not know you as one of its staff: the document could not name you.");
}
