using System.Text.Json;
using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

/// <summary>
/// One try of one note, from what is stored to what stands in the chart: resolve, map, know, settle, plan, send. What is found
/// out is on disk before anything is sent, so that a process which dies anywhere is followed by one that goes on from there.
/// </summary>
internal sealed class NoteWriter(
    NoteStore store, EhrConnection ehr, Resolver resolver, PatientResolver patients, DecisionsApplied applied, ReferencesPutRight references, KnownReader knownReader, PlannedWrites writes, Retracting retracting, PanelGate gate, NoteEditions editions, HeldBack heldBack, AfterMapping afterMapping, BeforeSending before, ChartReads reads,
    MappingOptions mapping, IOptions<WriteBackOptions> options)
{
    // So often may others write in between before the note waits for a quieter moment.
    private const int MaxReadings = 5;

    public async Task<NoteEnding> TryAsync(Lease lease, StoredNote stored, CancellationToken cancellationToken)
    {
        var number = stored.Number;
        if (await ehr.CapabilitiesAsync(cancellationToken) is not { } capabilities)
            return new NoteEnding.EndpointDown();
        if (stored is { Retraction.Begun: false } or { Retraction: null, IsAmended: true })
        {
            if (await SettleFirstAsync(lease, stored, capabilities, cancellationToken) is { } notYet)
            {
                await reads.RecordAsync(stored, null, answered: notYet is not NoteEnding.EndpointDown);
                return notYet;
            }
            await (stored.Retraction is null ? store.PromoteAsync(lease.Claim, number, cancellationToken) : store.BeginRetractionAsync(lease.Claim, number, cancellationToken));
            stored = await store.ReadAsync(number, cancellationToken) ?? stored;
        }
        if (stored.Retraction is not null)
        {
            var taken = await retracting.TryAsync(lease, stored, capabilities, cancellationToken);
            await reads.RecordAsync(stored, null, answered: taken is not NoteEnding.EndpointDown);
            return taken;
        }

        if (PanelGate.Before(stored) is { } stopped)
            return stopped;

        var content = await store.ReadContentAsync(number, cancellationToken);
        if (StoredInput.Read(content) is not { } input)
            return Person("note-not-readable", "this version of the service does not read the note as it was stored");

        var decisions = new NoteDecisions(await store.DecisionsAsync(number, cancellationToken));
        var (resolved, ending) = await ResolveAsync(lease, stored, content, input, decisions, cancellationToken);
        await reads.RecordAsync(stored, resolved?.Patient, answered: ending is not NoteEnding.EndpointDown);
        if (resolved is null)
            return ending!;

        var mapped = input.Map(resolved, mapping, Wanted.By(stored, capabilities));
        store.SaveMapped(lease.Claim, number, FhirJson.ToBytes(mapped.ToTransaction()), mapped.Document, NoteRows.Pending(mapped), mapped.Issues, NoteRows.HeldBundle(mapped));
        stored = await heldBack.TakeAsync(lease, stored, resolved, mapped, cancellationToken);
        await afterMapping(stored, input, resolved, cancellationToken);
        return await applied.ApplyAsync(lease.Claim, stored, resolved, mapped, decisions, cancellationToken)
            ?? await WriteAsync(lease, stored, input, resolved, mapped, decisions, capabilities, cancellationToken);
    }

    // Once something was sent, the note stays with what it was resolved to: its resources must come out the same again.
    private async Task<(ResolvedNote? Note, NoteEnding? Ending)> ResolveAsync(Lease lease, StoredNote stored, NoteContent content, Input input, NoteDecisions decisions, CancellationToken cancellationToken)
    {
        if (content.Resolved is { } before && (await store.HistoryAsync(stored.Number, cancellationToken)).Count > 0
            && JsonSerializer.Deserialize<ResolvedNote>(before.Span) is { } known && (decisions.Encounter is null || decisions.Encounter.Reference == known.Encounter))
            return (await editions.OfAsync(stored, input, known, cancellationToken), null);

        switch (await resolver.ResolveAsync(DecisionsApplied.Chosen(input, decisions), stored.Attempts, cancellationToken))
        {
            case Resolution.Resolved { Note: var found }:
                if (await gate.AfterAsync(lease, stored, found.Patient, cancellationToken) is { } notTheirs)
                    return (null, notTheirs);
                if (await OtherPatientAsync(stored, found.Patient, cancellationToken) is { } otherChart)
                    return (null, otherChart);
                var resolved = await editions.OfAsync(stored, input, found, cancellationToken);
                var stays = await store.TakeResolvedAsync(lease.Claim, stored.Number, resolved.Patient, JsonSerializer.SerializeToUtf8Bytes(resolved), resolved.Issues, cancellationToken);
                return stays ? (resolved, null) : (null, new NoteEnding.Moved());
            case Resolution.Wrong { Issue: var issue }:
                await applied.TakeBackAsync(lease.Claim, stored.Number, issue, decisions, cancellationToken);
                return (null, new NoteEnding.NeedsPerson([issue]));
            case Resolution.After { Until: var until }:
                return (null, new NoteEnding.Waits(until, Counts: false));
            case Resolution.NotYet:
                return (null, new NoteEnding.Waits(store.Now + Backoff.After(stored.Attempts, options.Value), Counts: true));
            default:
                return (null, new NoteEnding.EndpointDown());
        }
    }

    // An amendment may say everything anew but whose note it is. Null when it is the same patient's.
    private async Task<NoteEnding?> OtherPatientAsync(StoredNote stored, string patient, CancellationToken cancellationToken)
    {
        if (stored.Version == 1 || stored.Patient == patient || StoredInput.Read((await store.EarlierVersionsAsync(stored.Number, cancellationToken))[0]) is not { } first)
            return null;

        var (chart, ending) = await patients.ResolveAsync(first, cancellationToken);
        return (chart, ending) switch
        {
            ({ } before, _) when $"Patient/{before.Id}" == patient => null,
            (null, Resolution.NoAnswer) => new NoteEnding.EndpointDown(),
            _ => Person("patient-changed", "the amended note names another patient than the first; nothing of it is written. A note in the wrong chart is retracted and sent anew."),
        };
    }

    // A note that is about to become another one: first it is found out, as far as that can be, what the EHR has of it. Nothing of it is begun any more.
    private async Task<NoteEnding?> SettleFirstAsync(Lease lease, StoredNote stored, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var content = await store.ReadContentAsync(stored.Number, cancellationToken);
        if (content.Resolved is not { } json || JsonSerializer.Deserialize<ResolvedNote>(json.Span) is not { } resolved || StoredInput.Read(content) is not { } input
            || (await store.OpenIntentsAsync(stored.Number, cancellationToken)).Count == 0)
            return null;

        var mapped = input.Map(await editions.OfAsync(stored, input, resolved, cancellationToken), mapping, Wanted.By(stored, capabilities));
        return await knownReader.ReadAsync(stored, input, resolved, mapped, everywhere: true, capabilities, cancellationToken) switch
        {
            KnownReading.Read { Known: var known } => await writes.SettleOnlyAsync(new NoteWork(lease, stored, resolved, mapped) { Capabilities = capabilities, Known = known, Decisions = new NoteDecisions([]) }, cancellationToken),
            KnownReading.Waits { Until: var until } => new NoteEnding.Waits(until, Counts: false),
            KnownReading.NeedsPerson => null,
            _ => new NoteEnding.EndpointDown(),
        };
    }

    private async Task<NoteEnding> WriteAsync(Lease lease, StoredNote stored, Input input, ResolvedNote resolved, MappedNote mapped, NoteDecisions decisions, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var notValid = before.Look(mapped);
        var lookedAt = BeforeSending.LookedAt(mapped, notValid);
        for (var reading = 1; reading <= MaxReadings; reading++)
        {
            if (reading > 1 || decisions.Found.Any())
                stored = await store.ReadAsync(stored.Number, cancellationToken) ?? stored;
            switch (await knownReader.ReadAsync(stored, input, resolved, mapped, everywhere: reading > 1, capabilities, cancellationToken))
            {
                case KnownReading.Read read:
                    var work = new NoteWork(lease, stored, resolved, mapped) { Capabilities = capabilities, Known = await WithRefusalsAsync(read.Known, stored, decisions, notValid, cancellationToken), Decisions = decisions, NotValid = notValid, LookedAt = lookedAt };
                    if (await writes.RunAsync(work, (done, ct) => ConcludeAsync(done, read.Forgotten, ct), cancellationToken) is { } ending)
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
        return new NoteEnding.Waits(store.Now + Backoff.After(stored.Attempts, options.Value), Counts: true);
    }

    // What was refused once is not sent again by another try; what a person closed, or what is not valid, is not sent at all.
    private async Task<Known> WithRefusalsAsync(Known known, StoredNote stored, NoteDecisions decisions, IReadOnlyList<NotValid> notValid, CancellationToken cancellationToken)
    {
        var refusals = new Dictionary<string, string>(await store.RefusalsAsync(stored.Number, cancellationToken));
        var oneByOne = refusals.Remove(Decisions.AsOne);
        foreach (var key in decisions.ClosedKeys)
            refusals[key] = NoteDecisions.Closed;
        foreach (var (key, reason) in known.Refused)
            refusals.TryAdd(key, reason);
        foreach (var fault in notValid)
        {
            if (fault.Key is { } key)
                refusals.TryAdd(key, fault.Issue.Detail);
        }
        return known with { Refused = refusals, OneByOne = known.OneByOne || oneByOne };
    }

    // Whatever became of the rest: somebody hears of what was not sent as itself, until a person has closed it.
    private async Task<NoteEnding> ConcludeAsync(NoteWork work, IReadOnlyList<LongLivedRow> forgotten, CancellationToken cancellationToken)
    {
        var ending = await EndAsync(work, forgotten, cancellationToken);
        var open = work.NotValid.Where(one => !work.Decisions.IsClosed(NotValidParts.KeyOf(one))).Select(one => one.Issue).ToList();

        return (open, ending) switch
        {
            ({ Count: > 0 }, NoteEnding.Written { Issues: var issues }) => new NoteEnding.NeedsPerson([.. issues, .. open]),
            ({ Count: > 0 }, NoteEnding.NeedsPerson { Issues: var issues }) => new NoteEnding.NeedsPerson([.. issues, .. open]),
            _ => ending,
        };
    }

    private async Task<NoteEnding> EndAsync(NoteWork work, IReadOnlyList<LongLivedRow> forgotten, CancellationToken cancellationToken)
    {
        if (await references.EnsureAsync(work, cancellationToken) is { } notYetRight)
            return notYetRight;

        var plan = work.Plan!;
        // What an earlier edition wrote and this one cannot put right stays that edition's: a later try puts it right.
        var rows = NoteRows.Final(plan with { Steps = [.. plan.Steps.Where(step => !step.Amends || Earlier.Is(step.Key) || !work.IsWithheld(step.Key))] }, work.Known);
        if (rows.Count > 0)
            store.SavePlan(work.Lease.Claim, work.Stored.Number, NoteRows.ToJson(plan), rows);
        var stays = plan.Steps.Where(step => step is { Stays: not null } && Earlier.Is(step.Key)).Select(step => new RemovalRow(step.Key, step.Type, step.Reference, step.Stays!)).ToList();
        if (stays.Count > 0)
            await store.AskRemovalAsync(work.Lease.Claim, work.Stored.Number, stays, cancellationToken);
        if (work.Stored.Version > 1 && await store.ReadAsync(work.Stored.Number, cancellationToken) is { } now && !await heldBack.AskForSharedAsync(work.Lease, now, work.Resolved, work.Mapped, cancellationToken))
            return new NoteEnding.EndpointDown();
        IReadOnlyList<NoteIssue> issues = work.Stored.Version == 1 ? plan.Issues : [.. plan.Issues, .. HeldSince.Issues(await store.RemovalsAsync(work.Stored.Number, cancellationToken))];
        // What is folded, kept or there already goes out with nothing; the next visit is compared with it all the same.
        var said = SaidRows.Of(plan.Steps.Where(step => step is { Said: not null, IsSent: false, Done: false }), plan, work.Mapped, work.Known.VisitTime, work.PlaceOf).Concat(forgotten).ToList();
        if (said.Count > 0)
            store.SaveSaid(work.Lease.Claim, work.Stored.Number, said);

        var open = work.Known.Open.Concat(work.Stored.Resources.Where(row => row.State == ResourceState.Unknown && row.Edition < work.Stored.Edition).Select(row => row.Key)).Distinct().ToList();
        if (open.Count > 0)
            return new NoteEnding.NeedsPerson([.. issues, new NoteIssue("error", "unknown", null, $"the answer was lost, and it cannot be established whether the EHR has {string.Join(", ", open.Select(HeldSince.NameOf))}")]);
        if (plan.Document is { Done: false } && work.Decisions.IsClosed(Planner.DocumentKey))
            return new NoteEnding.Written([.. issues, new NoteIssue("warning", "closed-unwritten", null, "a person decided that the note document is not filed; it stays with the service")]);
        if (plan.Document is { Done: false, Will: not PlanVerb.UseExisting } document)
            return new NoteEnding.NeedsPerson([.. issues, new NoteIssue("error", "document-refused", null, $"the note document could not be filed: {document.Why}")]);
        // The EHR would not have the message as itself: the next try makes a document of it.
        if (work.Stored.Kind == MessageNotes.Kind && plan.Document is null && MessageNotes.IsNowhere(plan))
            return new NoteEnding.Waits(store.Now, Counts: true);
        return new NoteEnding.Written(issues);
    }

    private static NoteEnding.NeedsPerson Person(string code, string detail) => new([new NoteIssue("error", code, null, detail)]);
}
