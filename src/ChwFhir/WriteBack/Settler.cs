using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

/// <summary>
/// Finds out what became of a write whose answer was lost, or never recorded because the process died. Found: recorded. Surely absent: two searches,
/// the first later than the attempt's end and two request timeouts, the second later by <c>WriteBack:SettleAfter</c>, both complete, of a kind that was
/// seen to return earlier writes of the type. A declared <c>If-None-Exist</c> goes with the repeat and replaces neither search: that it is declared does
/// not say that it is honoured, and two racing conditional creates can both succeed. One guard counts instead: a server that was seen to refuse a second
/// reading of the same code and time. Anything else is unknown. All waits stand in the ledger, so that a restart begins nothing anew.
/// </summary>
internal sealed class Settler(NoteStore store, Traces traces, SearchEvidence evidence, TimeProvider time, IOptions<WriteBackOptions> options, FhirClientOptions client)
{
    // Evidence that search shows a type may come with other notes' writes: so many waits is it looked for before a person is asked.
    private const int Patience = 10;
    private const string NoAnswerRecorded = "the process ended before an answer was recorded";
    private const string SearchedInVain = "searched, not there";
    private const string CannotTell = "this server's search cannot tell";

    public async Task<Settling> SettleAsync(NoteWork work, CancellationToken cancellationToken)
    {
        Settling result = new Settling.Settled();
        foreach (var intent in await store.OpenIntentsAsync(work.Stored.Number, cancellationToken))
        {
            var settled = await SettleAsync(work, intent, cancellationToken);
            result = (result, settled) switch
            {
                (_, Settling.NoAnswer) => settled,
                (Settling.Settled, _) => settled,
                (Settling.NotYet one, Settling.NotYet other) => one.LookAgainAt > other.LookAgainAt ? one : other,
                (Settling.CannotTell, Settling.NotYet) => settled,
                (Settling.CannotTell one, Settling.CannotTell other) => new Settling.CannotTell([.. one.Keys, .. other.Keys]),
                _ => result,
            };
            if (result is Settling.NoAnswer)
                break;
        }
        return result;
    }

    private async Task<Settling> SettleAsync(NoteWork work, OpenIntent intent, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        if (intent.Outcomes.Count == 0)
        {
            // Whoever sent it is gone: it ended now at the latest.
            await RecordAsync(work, intent, OutcomeWord.Unknown, NoAnswerRecorded, [], began);
            intent = intent with { Outcomes = [new RecordedOutcome(intent.AsOf, OutcomeWord.Unknown, null, NoAnswerRecorded, TimeSpan.Zero)] };
        }

        var open = work.Mapped.Resources.Where(resource => intent.Keys.Contains(resource.Key) && !work.Known.Written.ContainsKey(resource.Key)
            && !work.Known.There.ContainsKey(resource.Key) && !work.Decisions.Settles(resource.Key, intent.IntendedAt)).ToList();
        // Long-lived ones were just read; what they say is compared with the visit by the plan, and put right by it.
        var unread = open.Where(resource => !work.Known.LongLived.ContainsKey(resource.Key)).ToList();
        if (await traces.LookAsync(unread, work.Known.Written.Values.Select(written => written.Reference), work.Resolved.Patient, intent.IntendedAt, work.Capabilities, cancellationToken) is not { } looked)
            return new Settling.NoAnswer();

        List<ResourceRow> rows = [.. looked.Where(trace => trace.Found is not null).Select(trace => Found(work, trace))];
        var absent = looked.Where(trace => trace.Found is null).ToList();
        if (open.Count == 0 && intent.Keys.Any(key => work.Decisions.Settles(key, intent.IntendedAt)))
        {
            await RecordAsync(work, intent, OutcomeWord.Absent, "a person decided", rows, began);
            return new Settling.Settled();
        }
        if (absent.Count == 0)
        {
            // An update that is still to be made was not done; its If-Match guards the repeat.
            var done = !work.Plan!.Steps.Any(step => step is { Will: PlanVerb.Update, IsSent: true } && intent.Keys.Contains(step.Key));
            await RecordAsync(work, intent, done ? OutcomeWord.Found : OutcomeWord.Absent, done ? null : "not as the visit says; a condition guards the repeat", rows, began);
            return new Settling.Settled();
        }

        var end = intent.Outcomes[0].At;
        var firstSearch = end + (2 * client.RequestTimeout);
        // A search counts from its beginning; the ledger's times are the store's, and so is this one.
        if (intent.AsOf < firstSearch)
            return await NotYetAsync(work, intent, rows, firstSearch, began, null);

        var (sure, guarded) = (true, true);
        foreach (var trace in absent)
        {
            var refusesRepeats = ReadingSearch.CanTell(trace.Wanted.Resource) && await evidence.HasAsync("Observation", SearchEvidence.RefusesRepeats, cancellationToken);
            sure &= refusesRepeats || (trace.Sure && !IsHeldBack(trace, work.Capabilities));
            guarded &= refusesRepeats;
        }
        if (guarded)
        {
            await RecordAsync(work, intent, OutcomeWord.Absent, "a second one would be refused", [.. rows, .. absent.Select(Pending)], began);
            return new Settling.Settled();
        }
        if (!sure)
        {
            if (absent.All(trace => !IsHeldBack(trace, work.Capabilities)) && intent.AsOf < firstSearch + (Patience * options.Value.SettleAfter.Value) && !intent.Outcomes.Any(outcome => outcome.Detail == CannotTell))
                return await NotYetAsync(work, intent, rows, store.Now + options.Value.SettleAfter, began, null);
            await RecordAsync(work, intent, OutcomeWord.Unknown, CannotTell, [.. rows, .. absent.Select(Unknown)], began);
            return new Settling.CannotTell([.. absent.Select(trace => trace.Key)]);
        }
        if (intent.Outcomes.FirstOrDefault(outcome => outcome.Detail == SearchedInVain && outcome.At >= firstSearch) is not { } first)
            return await NotYetAsync(work, intent, rows, store.Now + options.Value.SettleAfter, began, SearchedInVain);
        if (intent.AsOf < first.At + options.Value.SettleAfter)
            return await NotYetAsync(work, intent, rows, first.At + options.Value.SettleAfter, began, null);

        await RecordAsync(work, intent, OutcomeWord.Absent, "surely not there", [.. rows, .. absent.Select(Pending)], began);
        return new Settling.Settled();
    }

    // A problem waits in a strict server for a clinician, unseen by any search: never sent a second time.
    private static bool IsHeldBack(Trace trace, EhrCapabilities capabilities) => trace.Wanted.Resource is Condition && capabilities.RequiresEncounter;

    private static ResourceRow Found(NoteWork work, Trace trace)
    {
        var (type, found) = (trace.Wanted.Resource.TypeName, trace.Found!);
        var written = new WrittenResource($"{type}/{found.Id}", found.Meta?.VersionId, "created; found after a lost answer");
        work.Wrote(trace.Key, written);
        return new ResourceRow(trace.Key, type, ResourceState.Written, written.Reference, written.Version, written.How, Identities.Text(trace.Wanted.Identity));
    }

    private async Task<Settling> NotYetAsync(NoteWork work, OpenIntent intent, IReadOnlyList<ResourceRow> rows, DateTimeOffset again, long began, string? detail)
    {
        if (rows.Count > 0 || detail is not null)
            await RecordAsync(work, intent, OutcomeWord.Unknown, detail ?? "partly there", rows, began);
        return new Settling.NotYet(again);
    }

    private Task RecordAsync(NoteWork work, OpenIntent intent, OutcomeWord word, string? detail, IReadOnlyList<ResourceRow> rows, long began) =>
        store.RecordAsync(work.Lease.Claim, intent.Id, new IntentOutcome(word, null, detail, time.GetElapsedTime(began)), rows,
            SaidRows.Of(work.Plan!.Steps.Where(step => step is { Said: not null, IsSent: false, Done: false }), work.Plan!, work.Mapped, work.Known.VisitTime, work.PlaceOf), CancellationToken.None);

    // It may have been shown as unknown.
    private static ResourceRow Pending(Trace trace) => new(trace.Key, trace.Wanted.Resource.TypeName, ResourceState.Pending, null, null, null, Identities.Text(trace.Wanted.Identity));

    private static ResourceRow Unknown(Trace trace) => new(trace.Key, trace.Wanted.Resource.TypeName, ResourceState.Unknown, null, null,
        "the answer was lost, and this server's search cannot tell whether the EHR has it", Identities.Text(trace.Wanted.Identity));
}
