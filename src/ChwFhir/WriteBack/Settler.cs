using ChwFhir.Fhir.Client;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

/// <summary>
/// Finds out what became of a write whose answer was lost, or never recorded because the process died. Found: recorded. Surely absent: two searches,
/// the first later than the attempt's end and two request timeouts, the second later by <c>WriteBack:SettleAfter</c>, both complete, on a type whose
/// own earlier writes this server was seen to return; where a condition guards the repeat (<c>If-None-Exist</c>, <c>If-Match</c>), the first search is enough.
/// Anything else is unknown. All waits stand in the ledger, so that a restart begins nothing anew.
/// </summary>
internal sealed class Settler(NoteStore store, OursInEhr ours, SearchEvidence evidence, TimeProvider time, IOptions<WriteBackOptions> options, FhirClientOptions client)
{
    private const string NoAnswerRecorded = "the process ended before an answer was recorded";
    private const string SearchedInVain = "searched, not there";

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
            intent = intent with { Outcomes = [new RecordedOutcome(time.GetUtcNow(), OutcomeWord.Unknown, null, NoAnswerRecorded, TimeSpan.Zero)] };
        }

        var missing = await FindAsync(work, intent, cancellationToken);
        if (missing is null)
            return new Settling.NoAnswer();
        var (absent, rows, searchable) = missing.Value;
        if (absent.Count == 0)
        {
            // An update that is still to be made was not done; its If-Match guards the repeat.
            var done = !work.Plan!.Steps.Any(step => step is { Will: PlanVerb.Update, IsSent: true } && intent.Keys.Contains(step.Key));
            await RecordAsync(work, intent, done ? OutcomeWord.Found : OutcomeWord.Absent, done ? null : "not as the visit says; a condition guards the repeat", rows, began);
            return new Settling.Settled();
        }

        var firstSearch = intent.Outcomes[0].At + (2 * client.RequestTimeout);
        if (time.GetUtcNow() < firstSearch)
            return await NotYetAsync(work, intent, rows, firstSearch, began, null);
        if (absent.All(resource => IsGuarded(work, resource)))
        {
            await RecordAsync(work, intent, OutcomeWord.Absent, "not there; a condition guards the repeat", [.. rows, .. absent.Select(Pending)], began);
            return new Settling.Settled();
        }
        if (!searchable || !await AllSeenAsync(absent, cancellationToken))
        {
            await RecordAsync(work, intent, OutcomeWord.Unknown, "this server's search cannot tell", [.. rows, .. absent.Select(Unknown)], began);
            return new Settling.CannotTell([.. absent.Select(resource => resource.Key)]);
        }
        if (intent.Outcomes.FirstOrDefault(outcome => outcome.Detail == SearchedInVain && outcome.At >= firstSearch) is not { } first)
            return await NotYetAsync(work, intent, rows, time.GetUtcNow() + options.Value.SettleAfter, began, SearchedInVain);
        if (time.GetUtcNow() < first.At + options.Value.SettleAfter)
            return await NotYetAsync(work, intent, rows, first.At + options.Value.SettleAfter, began, null);

        await RecordAsync(work, intent, OutcomeWord.Absent, "surely not there", [.. rows, .. absent.Select(Pending)], began);
        return new Settling.Settled();
    }

    // What of the write stands in the EHR, and what does not; null when the EHR could not be asked.
    private async Task<(IReadOnlyList<MappedResource> Absent, IReadOnlyList<ResourceRow> Rows, bool Searchable)?> FindAsync(NoteWork work, OpenIntent intent, CancellationToken cancellationToken)
    {
        var open = work.Mapped.Resources.Where(resource => intent.Keys.Contains(resource.Key) && !work.Known.Written.ContainsKey(resource.Key)).ToList();
        // Long-lived ones were just read; what they say is compared with the visit by the plan, and put right by it.
        var read = open.Where(resource => work.Known.LongLived.ContainsKey(resource.Key)).ToList();
        var finds = await ours.FindAsync(open.Except(read), cancellationToken);
        if (finds.NoAnswer)
            return null;

        List<ResourceRow> rows = [];
        foreach (var find in finds.Finds.Where(find => find.Matches.Count > 0))
        {
            await evidence.SawAsync(find.Wanted.Resource.TypeName, cancellationToken);
            var place = $"{find.Wanted.Resource.TypeName}/{find.Matches[0].Id}";
            var written = new WrittenResource(place, find.Matches[0].Meta?.VersionId, "created; found after a lost answer");
            work.Wrote(find.Wanted.Key, written);
            rows.Add(new ResourceRow(find.Wanted.Key, find.Wanted.Resource.TypeName, ResourceState.Written, place, written.Version, written.How, Identities.Text(find.Wanted.Identity)));
        }
        var absent = finds.Finds.Where(find => find.Matches.Count == 0).ToList();
        return ([.. absent.Select(find => find.Wanted)], rows, absent.All(find => find.Complete));
    }

    private static bool IsGuarded(NoteWork work, MappedResource resource) => work.Capabilities.ConditionalCreate(resource.Resource.TypeName);

    private async Task<bool> AllSeenAsync(IEnumerable<MappedResource> resources, CancellationToken cancellationToken)
    {
        foreach (var type in resources.Select(resource => resource.Resource.TypeName).Distinct())
            if (!await evidence.HasAsync(type, cancellationToken))
                return false;
        return true;
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
    private static ResourceRow Pending(MappedResource resource) => new(resource.Key, resource.Resource.TypeName, ResourceState.Pending, null, null, null, Identities.Text(resource.Identity));

    private static ResourceRow Unknown(MappedResource resource) => new(resource.Key, resource.Resource.TypeName, ResourceState.Unknown, null, null,
        "the answer was lost, and this server's search cannot tell whether the EHR has it", Identities.Text(resource.Identity));
}
