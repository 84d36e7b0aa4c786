using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
using ChwFhir.WriteBack.Inputs;
using ChwFhir.WriteBack.Receiving;

namespace ChwFhir;

/// <summary>
/// What notes hold back from the chart. The CHW proposes a hold, or the programme's rules do; a clinician or social worker confirms it or releases the part, with a reason.
/// What is released goes the way of an amendment: written or folded, and told to whom it would have been told.
/// </summary>
public sealed class HeldDesk
{
    // A note that others change at the same moment is looked at again, this often.
    private const int Looks = 3;

    private readonly NoteStore store;
    private readonly EhrConnection ehr;
    private readonly HeldAccess access;
    private readonly NoteMessages messages;
    private readonly NoteShowing showing;
    private readonly RestrictedNotes restricted;
    private readonly MappingOptions mapping;

    internal HeldDesk(NoteStore store, EhrConnection ehr, HeldAccess access, NoteMessages messages, NoteShowing showing, RestrictedNotes restricted, MappingOptions mapping) =>
        (this.store, this.ehr, this.access, this.messages, this.showing, this.restricted, this.mapping) = (store, ehr, access, messages, showing, restricted, mapping);

    /// <summary>The held parts of a note; null where for this caller there is no such note.</summary>
    public async Task<HeldPartsView?> ListAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ehr.Id, id, cancellationToken) is not { } note)
            return null;
        var reader = await access.OfAsync(caller, note, cancellationToken);
        if (!reader.Rights.HasFlag(NoteRights.Status))
            return null;

        var (said, _) = await ReadAsync(note, cancellationToken);
        if (said is null)
            return new HeldPartsView(note.Id, 0, []);
        var decisions = await store.HeldDecisionsAsync(note.Number, cancellationToken);
        List<HeldPartView> parts = [.. said.Parts.Select(part => View(note, part, decisions, reader))];
        // How much there is, whoever may know what became of the note may know.
        var count = reader.IsWriter || reader.Rights.HasFlag(NoteRights.Outcome) ? parts.Count(part => part.State != "released") : 0;
        if (await restricted.IsWithheldAsync(caller, note, cancellationToken))
            return new HeldPartsView(note.Id, count, []);
        return new HeldPartsView(note.Id, count, [.. said.Parts.Zip(parts).Where(both => reader.MaySee(both.First)).Select(both => both.Second)]) { Language = said.Note.Language };
    }

    /// <param name="part">Id of the part, as <see cref="ListAsync"/> says it.</param>
    /// <param name="reason">For whoever asks later: it stands in the audit log, in no chart.</param>
    public async Task<HeldAnswer> DecideAsync(Caller caller, string id, string part, bool release, string reason, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            if (await store.FindAsync(ehr.Id, id, cancellationToken) is not { } note)
                return new HeldAnswer.NoSuchNote();
            var reader = await access.OfAsync(caller, note, cancellationToken);
            if (!reader.Rights.HasFlag(NoteRights.Whole))
                return new HeldAnswer.NoSuchNote();
            if (note.Retraction is not null)
                return new HeldAnswer.Withdrawn();
            var (said, isWhole) = await ReadAsync(note, cancellationToken);
            if (said?.Parts.FirstOrDefault(one => IdOf(note, one) == part) is not { } found || !reader.MaySee(found) || !reader.MayDecide)
                return new HeldAnswer.NoSuchPart();

            var decisions = await store.HeldDecisionsAsync(note.Number, cancellationToken);
            var last = Last(decisions, found);
            if (release && !found.MayBeReleased)
                return new HeldAnswer.CaregiverDecides();
            if (release && !reader.MayRelease(found))
                return new HeldAnswer.ClinicianNeeded();
            if (last is not null && last.IsReleased == release)
                return new HeldAnswer.Done(await showing.VisibleAsync(note, reader.Rights, cancellationToken));
            if (last is { IsReleased: true })
                return new HeldAnswer.ReleasedBefore();
            if (note.IsAmended || !isWhole)
                return new HeldAnswer.NotNow();

            var decision = new HeldDecision(found.Key, found.Mark, release, reason, caller.Name, Words.Of(release && found.IsOfTheYoung || reader.IsClinician ? Role.Clinician : Role.SocialWorker));
            var told = release ? ToldBy(said, decisions, decision) : ToldAnew.Nothing;
            try
            {
                // From here on it may be done: whoever leaves now hears nothing of it, and it is told and recorded all the same.
                switch (await store.DecideHeldAsync(ehr.Id, id, note.Revision, decision, told, CancellationToken.None))
                {
                    case Amendment.Accepted { Note: var stored }:
                        messages.Kept(told.Messages);
                        return new HeldAnswer.Done(await showing.VisibleAsync(stored, reader.Rights, CancellationToken.None));
                    case Amendment.Stale when look < Looks:
                        break;
                    case Amendment.Retracted:
                        return new HeldAnswer.Withdrawn();
                    default:
                        return new HeldAnswer.NotNow();
                }
            }
            catch (StoreUnavailableException full)
            {
                return new HeldAnswer.Busy(full.RetryAfter);
            }
        }
    }

    // Before the EHR has said whose chart it is, only what the note itself says is known.
    private async Task<(SaidBack? Said, bool IsWhole)> ReadAsync(StoredNote note, CancellationToken cancellationToken)
    {
        var content = await store.ReadContentAsync(note.Number, cancellationToken);
        if (StoredInput.Read(content) is not { Note: { } said })
            return (null, false);
        var resolved = content.Resolved is { } json ? JsonSerializer.Deserialize<ResolvedNote>(json.Span) : null;
        var known = resolved ?? new ResolvedNote { Patient = note.Patient };
        return (new SaidBack(said, known, HeldParts.Of(said, known, mapping)), resolved is not null);
    }

    // Who was told of it may be told in other words now, and others are told what they were not.
    private ToldAnew ToldBy(SaidBack said, IReadOnlyList<HeldDecision> decisions, HeldDecision release)
    {
        var before = messages.Of(said.Note, said.Resolved with { Released = Releases.Of(decisions) });
        var after = messages.Of(said.Note, said.Resolved with { Released = Releases.Of([.. decisions, release]) });
        return new ToldAnew(
            [.. after.Where(message => before.FirstOrDefault(one => one.Key == message.Key) is not { } one || one.Hash != message.Hash || one.Held != message.Held)],
            [.. before.Select(message => message.Key).Except(after.Select(message => message.Key))]);
    }

    private static HeldPartView View(StoredNote note, HeldPart part, IReadOnlyList<HeldDecision> decisions, HeldReader reader)
    {
        var last = Last(decisions, part);
        return new HeldPartView(
            IdOf(note, part), part.Key, note.Kind == "visit-note" ? part.Pointer : null, part.Title, part.Text, Words.Of(part.Why), part.For,
            last switch { null => "held", { IsReleased: true } => "released", _ => "confirmed" }, last is null ? null : new HeldDecisionView(last.By, last.Role, last.At, last.Reason),
            last is not { IsReleased: true } && note.Retraction is null && reader.MayRelease(part), last is null && note.Retraction is null && reader.MayDecide && reader.MaySee(part));
    }

    private static HeldDecision? Last(IReadOnlyList<HeldDecision> decisions, HeldPart part) => decisions.LastOrDefault(decision => decision.Key == part.Key && decision.Mark == part.Mark);

    // Not to be guessed by what a part might say, and another one when it says something else.
    private static string IdOf(StoredNote note, HeldPart part) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{note.Number} {note.Hash} {part.Key} {part.Mark}")))[..24];

    private sealed record SaidBack(VisitNote Note, ResolvedNote Resolved, IReadOnlyList<HeldPart> Parts);
}
