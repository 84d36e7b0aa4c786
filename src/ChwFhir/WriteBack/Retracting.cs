using System.Text.Json;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

/// <summary>
/// Takes a note out of the EHR: what it wrote becomes entered in error, its part of what visits share is taken out. What stays gets a retraction document
/// that repeats nothing, and a line on the desk for the records office. Through the ledger like every write; what is done stands in the rows of the note.
/// </summary>
internal sealed class Retracting(NoteStore store, PlannedWrites writes, EarlierEditions editions, MappingOptions mapping, IOptions<WriteBackOptions> options)
{
    private const int MaxReadings = 5;
    private static readonly MappedNote Nothing = new([], [], "", []);

    public async Task<NoteEnding> TryAsync(Lease lease, StoredNote stored, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var content = await store.ReadContentAsync(stored.Number, cancellationToken);
        if (content.Resolved is not { } json || JsonSerializer.Deserialize<ResolvedNote>(json.Span) is not { } resolved || StoredInput.Read(content) is not { } input)
            return new NoteEnding.Retracted([]);

        IReadOnlyList<NotValid> notValid = [];
        var decisions = new NoteDecisions(await store.DecisionsAsync(stored.Number, cancellationToken));
        for (var reading = 1; reading <= MaxReadings; reading++)
        {
            stored = await store.ReadAsync(stored.Number, cancellationToken) ?? stored;
            if (await editions.ReadAsync(stored, resolved.Patient, Nothing, cancellationToken) is not { } earlier)
                return new NoteEnding.EndpointDown();

            // What could not be taken out in an earlier pass: a document has to say so.
            var document = WithProvenance((await store.RemovalsAsync(stored.Number, cancellationToken)).Any(row => row.DoneAt is null) ? Document(stored, input, resolved) : Nothing, stored, resolved, capabilities);
            var work = new NoteWork(lease, stored, resolved, document)
            {
                Capabilities = capabilities,
                Decisions = new NoteDecisions([]),
                NotValid = notValid,
                Known = new Known { VisitTime = stored.VisitTime, Gone = earlier.Gone, Written = KnownReader.Written(stored), Encounter = null, Refused = Closed(document, decisions) },
            };
            if (await writes.RunAsync(work, (done, ct) => ConcludeAsync(done, earlier, decisions, ct), cancellationToken) is { } ending and not NoteEnding.Again)
                return ending;
            (capabilities, notValid) = (work.Capabilities, work.NotValid);
        }
        return new NoteEnding.Waits(store.Now + Backoff.After(stored.Attempts, options.Value), Counts: true);
    }

    private async Task<NoteEnding> ConcludeAsync(NoteWork work, EarlierEdition earlier, NoteDecisions decisions, CancellationToken cancellationToken)
    {
        var (plan, claim, number) = (work.Plan!, work.Lease.Claim, work.Stored.Number);
        var stays = plan.Steps.Where(step => step.Stays is not null).Select(step => new RemovalRow(HeldSince.RemovalKey(step.Key), step.Type, step.Reference, step.Stays!)).Concat(Uncertain(work.Stored)).ToList();
        if (stays.Count > 0)
            await store.AskRemovalAsync(claim, number, stays, cancellationToken);
        var rows = NoteRows.Final(plan, work.Known);
        if (rows.Count > 0)
            store.SavePlan(claim, number, NoteRows.ToJson(plan), rows);
        var said = SaidRows.Of(plan.Steps.Where(step => step is { Said: not null, IsSent: false, Done: false }), plan, work.Mapped, work.Known.VisitTime, work.PlaceOf).Concat(earlier.Forgotten).ToList();
        if (said.Count > 0)
            store.SaveSaid(claim, number, said);

        if (work.Known.Open.Count > 0)
            return new NoteEnding.NeedsPerson([new NoteIssue("error", "unknown", null, "the answer was lost, and it cannot be established whether the EHR has the retraction")]);
        // Only now is it known what stays: a document has to say so.
        if ((await store.RemovalsAsync(number, cancellationToken)).Any(row => row.DoneAt is null) && work.Mapped.Resources.All(resource => resource.Key != RetractionMapping.Key))
            return new NoteEnding.Again();
        IReadOnlyList<NoteIssue> issues = [.. Issues(stays), .. work.NotValid.Where(one => !decisions.IsClosed(NotValidParts.KeyOf(one))).Select(one => one.Issue).Distinct()];
        // What could not be taken back is on the records office's list; what the retraction itself says, and is not valid, is on nobody's.
        return work.NotValid.Any(one => IsOwn(one, work.Mapped) && !decisions.IsClosed(NotValidParts.KeyOf(one))) ? new NoteEnding.NeedsPerson(issues) : new NoteEnding.Retracted(issues);
    }

    private static bool IsOwn(NotValid one, MappedNote mapped) => one.Key is null || mapped.Resources.Any(resource => resource.Key == one.Key);

    private static Dictionary<string, string> Closed(MappedNote mapped, NoteDecisions decisions) =>
        mapped.Resources.Select(resource => resource.Key).Where(decisions.IsClosed).ToDictionary(key => key, _ => NoteDecisions.Closed);

    private MappedNote Document(StoredNote stored, Input input, ResolvedNote resolved)
    {
        var encounter = stored.Resources.FirstOrDefault(row => row is { Key: Planner.EncounterKey, Reference: not null })?.Reference ?? resolved.Encounter;
        return input.Retract(resolved with { Edition = stored.Edition - 1 }, mapping, stored.Retraction!.Reason == "wrong-patient", stored.Retraction.AskedAt, encounter);
    }

    // Of what was written. An EHR without a place for it is not asked: the audit log says it.
    private MappedNote WithProvenance(MappedNote mapped, StoredNote stored, ResolvedNote resolved, EhrCapabilities capabilities)
    {
        List<string> taken = [.. stored.Resources.Where(row => row is { State: ResourceState.Written, Reference: not null } && row.Edition < stored.Edition && row.Type != "Provenance").Select(row => row.Reference!).Distinct()];
        return taken.Count == 0 || !capabilities.Takes("Provenance", Interactions.Create)
            ? mapped
            : mapped with { Resources = [.. mapped.Resources, RetractionMapping.Provenance(stored.Id, resolved, mapping, stored.Retraction!.AskedAt, taken)] };
    }

    // May be there, or is there and not shown: whoever keeps the records has to look.
    private static IEnumerable<RemovalRow> Uncertain(StoredNote stored) => stored.Resources.Where(row => row.State is ResourceState.Unknown or ResourceState.Held)
        .Select(row => new RemovalRow(HeldSince.RemovalKey(row.Key), row.Type, row.Reference, row.State == ResourceState.Held ? "the EHR holds it until a clinician has looked at it" : "the answer to its write was lost: it may be there"));

    private static IReadOnlyList<NoteIssue> Issues(IReadOnlyList<RemovalRow> stays) => stays.Count == 0 ? [] :
        [new NoteIssue("warning", "removal-asked", null, $"the service could not take back {string.Join(", ", stays.Select(row => row.Key.StartsWith("held/", StringComparison.Ordinal) ? HeldSince.NameForOthers : row.Key).Distinct())}; the records office has to remove it")];
}
