using System.Text.Json;
using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

/// <summary>
/// One try of one note, from what is stored to what stands in the chart: resolve, map, know, settle, plan, send. Each step leaves its result on disk,
/// so that a process which dies anywhere is followed by one that goes on from there.
/// </summary>
internal sealed class NoteWriter(
    NoteStore store, EhrConnection ehr, Resolver resolver, DecisionsApplied applied, ReferencesPutRight references, KnownReader knownReader, Settler settler, Sender sender,
    MappingOptions mapping, IOptions<PlanningOptions> planning, IOptions<WriteBackOptions> options, TimeProvider time)
{
    // So often may others write in between before the note waits for a quieter moment.
    private const int MaxReadings = 5;

    public async Task<NoteEnding> TryAsync(Lease lease, long number, CancellationToken cancellationToken)
    {
        if (await ehr.CapabilitiesAsync(cancellationToken) is not { } capabilities)
            return new NoteEnding.EndpointDown();
        if (await store.ReadAsync(number, cancellationToken) is not { } stored)
            return new NoteEnding.Moved();

        var content = await store.ReadContentAsync(number, cancellationToken);
        if (StoredInput.Read(content.Input) is not { } input)
            return Person("note-not-readable", "this version of the service does not read the note as it was stored");

        var decisions = new NoteDecisions(await store.DecisionsAsync(number, cancellationToken));
        var (resolved, ending) = await ResolveAsync(lease, stored, content, input.Note, decisions, cancellationToken);
        if (resolved is null)
            return ending!;

        var mapped = stored.Kind == MessageNotes.Kind
            ? NoteMapper.MapMessage(input.Note, input.ContentHash, resolved, mapping, MessageNotes.NeedsDocument(stored, capabilities), capabilities.RequiresEncounter)
            : NoteMapper.Map(input.Note, input.ContentHash, resolved, mapping);
        await store.SaveMappedAsync(lease.Claim, number, FhirJson.ToBytes(mapped.ToTransaction()), mapped.Document, NoteRows.Pending(mapped), mapped.Issues, NoteRows.HeldBundle(mapped), cancellationToken);
        return await applied.ApplyAsync(lease.Claim, stored, resolved, mapped, decisions, cancellationToken)
            ?? await WriteAsync(lease, stored, input.Note, resolved, mapped, decisions, capabilities, cancellationToken);
    }

    // Once something was sent, the note stays with what it was resolved to: its resources must come out the same again.
    private async Task<(ResolvedNote? Note, NoteEnding? Ending)> ResolveAsync(Lease lease, StoredNote stored, NoteContent content, VisitNote note, NoteDecisions decisions, CancellationToken cancellationToken)
    {
        if (content.Resolved is { } before && (await store.HistoryAsync(stored.Number, cancellationToken)).Count > 0
            && JsonSerializer.Deserialize<ResolvedNote>(before.Span) is { } known && (decisions.Encounter is null || decisions.Encounter.Reference == known.Encounter))
            return (known, null);

        switch (await resolver.ResolveAsync(DecisionsApplied.Chosen(note, decisions), stored.Attempts, cancellationToken))
        {
            case Resolution.Resolved { Note: var resolved }:
                var stays = await store.SaveResolvedAsync(lease.Claim, stored.Number, resolved.Patient, JsonSerializer.SerializeToUtf8Bytes(resolved), resolved.Issues, cancellationToken);
                return stays ? (resolved, null) : (null, new NoteEnding.Moved());
            case Resolution.Wrong { Issue: var issue }:
                await applied.TakeBackAsync(lease.Claim, stored.Number, issue, decisions, cancellationToken);
                return (null, new NoteEnding.NeedsPerson([issue]));
            case Resolution.NotYet:
                return (null, new NoteEnding.Waits(time.GetUtcNow() + Backoff.After(stored.Attempts, options.Value), Counts: true));
            default:
                return (null, new NoteEnding.EndpointDown());
        }
    }

    private async Task<NoteEnding> WriteAsync(Lease lease, StoredNote stored, VisitNote note, ResolvedNote resolved, MappedNote mapped, NoteDecisions decisions, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        for (var reading = 1; reading <= MaxReadings; reading++)
        {
            stored = await store.ReadAsync(stored.Number, cancellationToken) ?? stored;
            switch (await knownReader.ReadAsync(stored, note, resolved, mapped, capabilities, cancellationToken))
            {
                case KnownReading.Read { Known: var known }:
                    var work = new NoteWork(lease, stored, note, resolved, mapped) { Capabilities = capabilities, Known = await WithRefusalsAsync(known, stored, decisions, cancellationToken), Decisions = decisions };
                    if (await WriteAsync(work, cancellationToken) is { } ending)
                        return ending;
                    capabilities = work.Capabilities;
                    break;
                case KnownReading.Waits { Until: var until }:
                    return new NoteEnding.Waits(until, Counts: false);
                case KnownReading.NeedsPerson { Issue: var issue }:
                    return new NoteEnding.NeedsPerson([issue]);
                default:
                    return new NoteEnding.EndpointDown();
            }
        }
        return new NoteEnding.Waits(time.GetUtcNow() + Backoff.After(stored.Attempts, options.Value), Counts: true);
    }

    // What was refused once is not sent again by another try; what a person closed is not sent at all.
    private async Task<Known> WithRefusalsAsync(Known known, StoredNote stored, NoteDecisions decisions, CancellationToken cancellationToken)
    {
        var refusals = new Dictionary<string, string>(await store.RefusalsAsync(stored.Number, cancellationToken));
        var oneByOne = refusals.Remove(Decisions.AsOne);
        foreach (var key in decisions.ClosedKeys)
            refusals[key] = NoteDecisions.Closed;
        foreach (var (key, reason) in known.Refused)
            refusals.TryAdd(key, reason);
        return known with { Refused = refusals, OneByOne = known.OneByOne || oneByOne };
    }

    // Null: somebody wrote in between, what is known has to be read again.
    private async Task<NoteEnding?> WriteAsync(NoteWork work, CancellationToken cancellationToken)
    {
        await PlanAsync(work, cancellationToken);
        var sent = false;
        for (var open = true; ;)
        {
            switch (open ? await settler.SettleAsync(work, cancellationToken) : new Settling.Settled())
            {
                case Settling.NotYet { LookAgainAt: var again }:
                    return new NoteEnding.Waits(again, Counts: sent);
                case Settling.NoAnswer:
                    return new NoteEnding.EndpointDown();
                case Settling.CannotTell { Keys: var keys }:
                    work.Known = work.Known with { Open = new HashSet<string>(keys) };
                    break;
            }

            await PlanAsync(work, cancellationToken);
            if (work.Plan!.Blocked is { } blocked)
                return new NoteEnding.NeedsPerson([blocked]);
            if (work.Plan.Groups is not [var group, ..])
                return await references.EnsureAsync(work, cancellationToken) ?? await ConcludeAsync(work, cancellationToken);

            var answer = await sender.SendAsync(work, group, cancellationToken);
            (sent, open) = (true, answer is Sent.Open);
            switch (answer)
            {
                case Sent.ReadAgain:
                    return null;
                case Sent.EndpointDown:
                    return new NoteEnding.EndpointDown();
                case Sent.NeedsPerson { Issue: var issue }:
                    return new NoteEnding.NeedsPerson([issue]);
            }
        }
    }

    private async Task PlanAsync(NoteWork work, CancellationToken cancellationToken)
    {
        var plan = Planner.Plan(work.Mapped, work.Capabilities, work.Known, planning.Value);
        if (work.Plan is null || !plan.Steps.Select(NoteRows.Line).SequenceEqual(work.Plan.Steps.Select(NoteRows.Line)))
            await store.SavePlanAsync(work.Lease.Claim, work.Stored.Number, NoteRows.ToJson(plan), NoteRows.Planned(plan), cancellationToken);
        work.Plan = plan;
    }

    private async Task<NoteEnding> ConcludeAsync(NoteWork work, CancellationToken cancellationToken)
    {
        var plan = work.Plan!;
        var rows = NoteRows.Final(plan, work.Known);
        if (rows.Count > 0)
            await store.SavePlanAsync(work.Lease.Claim, work.Stored.Number, NoteRows.ToJson(plan), rows, cancellationToken);
        // What is folded, kept or there already goes out with nothing; the next visit is compared with it all the same.
        var said = SaidRows.Of(plan.Steps.Where(step => step is { Said: not null, IsSent: false, Done: false }), plan, work.Mapped, work.Known.VisitTime, work.PlaceOf);
        if (said.Count > 0)
            await store.SaveSaidAsync(work.Lease.Claim, work.Stored.Number, said, cancellationToken);

        if (work.Known.Open.Count > 0)
            return new NoteEnding.NeedsPerson([.. plan.Issues, new NoteIssue("error", "unknown", null, $"the answer was lost, and it cannot be established whether the EHR has {string.Join(", ", work.Known.Open)}")]);
        if (plan.Document is { Done: false } && work.Decisions.IsClosed(Planner.DocumentKey))
            return new NoteEnding.Written([.. plan.Issues, new NoteIssue("warning", "closed-unwritten", null, "a person decided that the note document is not filed; it stays with the service")]);
        if (plan.Document is { Done: false } document)
            return new NoteEnding.NeedsPerson([.. plan.Issues, new NoteIssue("error", "document-refused", null, $"the note document could not be filed: {document.Why}")]);
        // The EHR would not have the message as itself: the next try makes a document of it.
        if (work.Stored.Kind == MessageNotes.Kind && plan.Document is null && MessageNotes.IsNowhere(plan))
            return new NoteEnding.Waits(time.GetUtcNow(), Counts: true);
        return new NoteEnding.Written(plan.Issues);
    }

    private static NoteEnding.NeedsPerson Person(string code, string detail) => new([new NoteIssue("error", code, null, detail)]);
}
