using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Mapping.Summaries;
using ChwFhir.Planning;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack;

/// <summary>Reads what has to be known before a note is planned: the long-lived resources as the EHR has them now, what the ledger has, the encounters that may be the visit.</summary>
internal sealed class KnownReader(NoteStore store, EhrConnection ehr, EhrQuestions questions, OursInEhr ours, SearchEvidence evidence, EncounterCandidates candidates, EarlierEditions editions, Sensitivity sensitivity)
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(500);

    /// <param name="everywhere">Something of ours was met that was not found in the patient's chart: it is looked for in all of them.</param>
    public async Task<KnownReading> ReadAsync(StoredNote? stored, Input input, ResolvedNote resolved, MappedNote mapped, bool everywhere, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var written = stored is null ? [] : Written(stored);
        var looked = mapped.Resources.Where(resource => IsLookedUp(resource, input) && !written.ContainsKey(resource.Key)).ToList();

        if (await EarlierAsync(stored, resolved, mapped, cancellationToken) is not { } earlier)
            return new KnownReading.NoAnswer();
        var (uncertain, settled) = await UncertainAsync(stored, resolved.Patient, looked, cancellationToken);
        if (settled is { } until)
            return new KnownReading.Waits(until);

        // An earlier edition may have written it, and nobody can tell or the EHR does not show it: no second one.
        uncertain.UnionWith(stored?.Resources.Where(row => row.Edition < stored.Edition && row.State is (ResourceState.Unknown or ResourceState.Held)).Select(row => row.Key) ?? []);
        var rows = (await store.LongLivedAsync(ehr.Id, resolved.Patient, cancellationToken)).ToDictionary(row => row.Key);
        var searched = looked.Where(resource => capabilities.SearchesBy(resource.Resource.TypeName, "identifier") && MayChange(resource, capabilities));
        var found = await (everywhere ? ours.FindAsync(searched, resolved.Patient, capabilities, cancellationToken) : ours.FindInChartAsync(searched, resolved.Patient, capabilities, cancellationToken));
        if (found.NoAnswer)
            return new KnownReading.NoAnswer();
        if (found.Finds.FirstOrDefault(find => find.Matches.Count > 1) is { } several)
            return new KnownReading.NeedsPerson(new NoteIssue("error", "duplicate-in-ehr", null, $"the EHR has {several.Matches.Count} of {several.Wanted.Key}; a person has to say which one counts"));

        Dictionary<string, KnownResource> longLived = new(earlier.Known);
        foreach (var resource in looked)
        {
            var row = rows.GetValueOrDefault(LongLivedKeys.Of(resource));
            var find = found.Finds.FirstOrDefault(find => find.Wanted == resource);
            var body = find?.Matches.FirstOrDefault();
            if (body is not null)
                await evidence.SawAsync(resource.Resource.TypeName, SearchEvidence.ByIdentifier, cancellationToken);
            var gone = false;
            if (body is null && row?.Reference is { } reference)
            {
                // Not every server keeps our identifiers; we know where we wrote it.
                switch (await questions.ReadAsync<Resource>(reference, cancellationToken))
                {
                    case Lookup<Resource>.Found { Resource: var there }: body = there; break;
                    case Lookup<Resource>.NoAnswer: return new KnownReading.NoAnswer();
                    case Lookup<Resource>.Missing: gone = find is { Complete: true } && await evidence.HasAsync(resource.Resource.TypeName, SearchEvidence.ByIdentifier, cancellationToken); break;
                }
            }
            if (body is not null && !Subjects.MayBeOf(body, resolved.Patient))
                return new KnownReading.NeedsPerson(new NoteIssue("error", "of-another-patient", null, $"the EHR has {resource.Key} in another patient's chart, where it is not changed; a person has to say which chart is right"));
            if (body is not null)
                longLived[resource.Key] = new KnownResource($"{body.TypeName}/{body.Id}", body.Meta?.VersionId, body, row is null ? null : SaidRows.Read(row, body))
                {
                    Amends = earlier.Others.ContainsKey(resource.Key) || row is { Withdrawn: true },
                    SaidByOthers = earlier.Others.GetValueOrDefault(resource.Key),
                    IsWithheld = sensitivity.IsLabelled(body),
                };
            // Some servers hold back what they took, or do not let us read it; and one that shows only a part may have it.
            else if ((row?.Reference is not null && !gone) || find is { Partial: true })
                uncertain.Add(resource.Key);
        }

        var (replaced, notTheirs, silent) = await ReplacedAsync(resolved, cancellationToken);
        if (silent)
            return new KnownReading.NoAnswer();
        if (notTheirs)
            return new KnownReading.NeedsPerson(EarlierDocuments.Wrong);
        if (await candidates.ReadAsync(input, resolved, mapped, capabilities, cancellationToken) is not { } encounters)
            return new KnownReading.NoAnswer();
        var open = resolved.Encounter is { } named && capabilities.Forms.OneCoding ? await candidates.IsOpenAsync(named, cancellationToken) : null;

        return new KnownReading.Read(new Known
        {
            VisitTime = input.VisitTime,
            LongLived = longLived,
            SaidBefore = SaidBefore(looked, rows, earlier),
            Gone = [.. earlier.Gone, .. replaced],
            Written = written,
            There = stored is null ? [] : There(stored),
            Uncertain = uncertain,
            Encounter = resolved.Encounter,
            DocumentThere = resolved.DocumentThere,
            EncounterOpen = open,
            Encounters = encounters,
        })
        {
            Forgotten = earlier.Forgotten,
        };
    }

    // What a newer document replaces, as it stands in the EHR now.
    private async Task<(List<Gone> Gone, bool NotTheirs, bool NoAnswer)> ReplacedAsync(ResolvedNote resolved, CancellationToken cancellationToken)
    {
        List<Gone> gone = [];
        foreach (var (place, document) in resolved.Earlier.Index().Where(one => one.Item.Replaced))
        {
            foreach (var (name, type, reference) in new[] { (Planner.DocumentKey, "DocumentReference", document.Reference), (SummaryPlanMapping.Key, "CarePlan", document.Plan) })
            {
                if (reference is null)
                    continue;
                var there = await questions.ReadAsync<Resource>(reference, cancellationToken);
                if (there is Lookup<Resource>.NoAnswer)
                    return ([], false, true);
                if (there is Lookup<Resource>.Missing)
                    continue;
                var body = (there as Lookup<Resource>.Found)?.Resource;
                if (body is not null && !Subjects.MayBeOf(body, resolved.Patient))
                    return ([], true, false);
                gone.Add(new Gone(Earlier.Key(place, name), type, null, reference, body is null ? null : new KnownResource(reference, body.Meta?.VersionId, body, null), LongLived: false) { IsReplaced = true });
            }
        }
        return (gone, false, false);
    }

    /// <summary>The long-lived ones, and an encounter that a planned note may have made before.</summary>
    public static bool IsLookedUp(MappedResource resource, Input input) => resource.LongLived || (resource.Key == Planner.EncounterKey && input.SharesEncounter);

    // What the EHR neither takes nor changes goes into the document, whether it is there or not: it is not asked for.
    private static bool MayChange(MappedResource resource, EhrCapabilities capabilities) =>
        capabilities.Takes(resource.Resource.TypeName, Interactions.Create) || capabilities.Takes(resource.Resource.TypeName, Interactions.Update);

    public static Dictionary<string, WrittenResource> Written(StoredNote stored) => stored.Resources
        .Where(row => row is { State: ResourceState.Written or ResourceState.Existing or ResourceState.Held, Reference: not null } && row.Edition == stored.Edition)
        .ToDictionary(row => row.Key, row => new WrittenResource(row.Reference!, row.Version, row.How ?? "written"));

    private static Dictionary<string, string> There(StoredNote stored) => stored.Resources
        .Where(row => row is { State: ResourceState.Existing, Reference: null, How: not null } && row.Edition == stored.Edition)
        .ToDictionary(row => row.Key, row => row.How!);

    private async Task<EarlierEdition?> EarlierAsync(StoredNote? stored, ResolvedNote resolved, MappedNote mapped, CancellationToken cancellationToken) =>
        stored is null ? EarlierEdition.None : await editions.ReadAsync(stored, resolved.Patient, mapped, cancellationToken);

    // An amended note forgets what it said itself.
    private static Dictionary<string, Said> SaidBefore(IEnumerable<MappedResource> looked, Dictionary<string, LongLivedRow> rows, EarlierEdition earlier)
    {
        Dictionary<string, Said> said = [];
        foreach (var resource in looked)
        {
            if (earlier.Others.TryGetValue(resource.Key, out var others))
            {
                if (others is not null)
                    said[resource.Key] = others;
            }
            else if (rows.GetValueOrDefault(LongLivedKeys.Of(resource)) is { Withdrawn: false } row)
                said[resource.Key] = SaidRows.Read(row);
        }
        return said;
    }

    // What another note of the patient may or may not have made is never made by this one: it waits while that is being found out.
    private async Task<(HashSet<string> Uncertain, DateTimeOffset? SettledAt)> UncertainAsync(StoredNote? stored, string patient, List<MappedResource> looked, CancellationToken cancellationToken)
    {
        HashSet<string> uncertain = [];
        DateTimeOffset? settledAt = null;
        if (stored is null)
            return (uncertain, settledAt);

        foreach (var intent in await store.OpenIntentsOfAsync(ehr.Id, patient, cancellationToken))
        {
            var shared = looked.Select(resource => resource.Key).Where(intent.Keys.Contains).ToList();
            if (intent.Number == stored.Number || shared.Count == 0 || await store.ReadAsync(intent.Number, cancellationToken) is not { } other)
                continue;
            uncertain.UnionWith(shared);
            if (intent.Number < stored.Number && other.State is (NoteState.Queued or NoteState.Writing))
                settledAt = Later(settledAt, (other.NextAttemptAt ?? store.Now) + Breath);
        }
        return (uncertain, settledAt);
    }

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}
