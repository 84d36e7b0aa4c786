using System.Text.Json;
using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack;

/// <summary>What earlier editions of a note have in the EHR, as it stands there now, and what the other visits say of what they share with it.</summary>
internal sealed class EarlierEditions(NoteStore store, EhrConnection ehr, EhrQuestions questions, MappingOptions mapping, Sensitivity sensitivity)
{
    /// <param name="mapped">What the note says now; what it does not say any more is gone.</param>
    /// <returns>Null when the EHR gave no answer.</returns>
    public async Task<EarlierEdition?> ReadAsync(StoredNote stored, string patient, MappedNote mapped, CancellationToken cancellationToken)
    {
        if (stored is { Version: 1, Retraction: null })
            return EarlierEdition.None;

        var versions = await store.EarlierVersionsAsync(stored.Number, cancellationToken);
        var sent = await SentAsync(stored, versions, cancellationToken);
        var keys = mapped.Resources.Select(resource => resource.Key).ToHashSet();
        var identities = mapped.Resources.Select(resource => Identities.Text(resource.Identity)).ToHashSet();
        var rows = await RowsAsync(patient, cancellationToken);
        Dictionary<string, KnownResource> known = [];
        List<Gone> gone = [];
        foreach (var row in stored.Resources.Where(row => row.Edition < stored.Edition && row is { State: ResourceState.Written, Reference: not null } && !row.Key.StartsWith("provenance.", StringComparison.Ordinal) && !Earlier.Is(row.Key)))
        {
            // Held back more than once, and told again.
            if (HeldSince.Is(row.Key) && row.Identity is { } identity && identities.Contains(identity) && stored.Retraction is null)
                continue;
            var there = await questions.ReadAsync<Resource>(row.Reference!, cancellationToken);
            if (there is Lookup<Resource>.NoAnswer)
                return null;
            // What somebody took out of the EHR is out: this note makes it anew if it still says it.
            if (there is Lookup<Resource>.Missing)
                continue;

            var body = (there as Lookup<Resource>.Found)?.Resource;
            var resource = body is null ? null : await KnownAsync(row, body, stored, patient, sent, rows, cancellationToken);
            if (!keys.Contains(row.Key) || (stored.Retraction is not null))
                gone.Add(new Gone(row.Key, row.Type, row.Identity, row.Reference!, resource, LongLivedKeys.Is(row)) { IsReplaced = stored.Retraction is null && row.Key.StartsWith("note.", StringComparison.Ordinal) });
            else if (resource is not null && !LongLivedKeys.Is(row))
                known[row.Key] = resource;
        }
        return new EarlierEdition(known, gone, await OthersAsync(stored, patient, mapped, cancellationToken), await ForgottenAsync(stored, patient, mapped, versions, rows, cancellationToken));
    }

    /// <summary>What the other visits say of a long-lived resource, by the time of the visit; null when none speaks of it.</summary>
    public async Task<Said?> ByOthersAsync(StoredNote stored, string patient, string identity, CancellationToken cancellationToken)
    {
        var urn = Urn(identity);
        List<VisitWords> tellings = [];
        foreach (var other in await store.ContributionsAsync(ehr.Id, patient, identity, stored.Number, cancellationToken))
        {
            if ((await EntriesAsync(other, cancellationToken)).GetValueOrDefault(urn) is { } entry)
                tellings.Add(new VisitWords(PlacedReferences.Stored(entry.Resource!, Places(other.Resources)), other.VisitTime, MappedNote.LeftOut(entry)));
        }
        return Saying.Of(tellings);
    }

    private async Task<KnownResource> KnownAsync(ResourceRow row, Resource body, StoredNote stored, string patient, IReadOnlyDictionary<string, Resource> sent, Dictionary<string, LongLivedRow> rows, CancellationToken cancellationToken)
    {
        var (reference, version) = ($"{body.TypeName}/{body.Id}", body.Meta?.VersionId);
        if (!LongLivedKeys.Is(row))
        {
            var ours = sent.GetValueOrDefault(Urn(row.Identity!));
            var said = ours is null ? null : new Said(ours, new Dictionary<string, DateTimeOffset>()) { Seen = IsAsWritten(row.Version, version) ? body : null };
            return new KnownResource(reference, version, body, said) { Amends = true, IsWithheld = sensitivity.IsLabelled(body) };
        }

        var kept = rows.GetValueOrDefault(Identities.Parse(row.Identity!).Value!);
        return new KnownResource(reference, version, body, kept is null ? null : SaidRows.Read(kept, body)) { Amends = true, IsWithheld = sensitivity.IsLabelled(body), SaidByOthers = await ByOthersAsync(stored, patient, row.Identity!, cancellationToken) };
    }

    // Of everything that the note says and lives across visits.
    private async Task<Dictionary<string, Said?>> OthersAsync(StoredNote stored, string patient, MappedNote mapped, CancellationToken cancellationToken)
    {
        Dictionary<string, Said?> others = [];
        foreach (var resource in mapped.Resources.Where(resource => resource.LongLived))
            others[resource.Key] = await ByOthersAsync(stored, patient, Identities.Text(resource.Identity), cancellationToken);
        return others;
    }

    // What the EHR has no place for, and the note no longer says.
    private async Task<IReadOnlyList<LongLivedRow>> ForgottenAsync(StoredNote stored, string patient, MappedNote mapped, IReadOnlyList<EarlierVersion> versions, Dictionary<string, LongLivedRow> rows, CancellationToken cancellationToken)
    {
        var says = stored.Retraction is null ? mapped.Resources.Select(resource => Identities.Text(resource.Identity)).ToHashSet() : [];
        var before = versions.SelectMany(version => version.Resources).Concat(stored.Retraction is null ? [] : stored.Resources)
            .Where(row => LongLivedKeys.Is(row) && row.Identity is { } identity && !says.Contains(identity)).Select(row => row.Identity!).Distinct();
        List<LongLivedRow> forgotten = [];
        foreach (var identity in before)
        {
            if (rows.GetValueOrDefault(Identities.Parse(identity).Value!) is { Reference: null } row)
                forgotten.Add(SaidRows.Forgotten(row.Key, row.Type, await ByOthersAsync(stored, patient, identity, cancellationToken), SaidRows.Read(row).Body, stored.VisitTime));
        }
        return forgotten;
    }

    private async Task<Dictionary<string, LongLivedRow>> RowsAsync(string patient, CancellationToken cancellationToken) =>
        (await store.LongLivedAsync(ehr.Id, patient, cancellationToken)).ToDictionary(row => row.Key);

    // What the newest edition that wrote it sent, by full URL, its references as places.
    private async Task<IReadOnlyDictionary<string, Resource>> SentAsync(StoredNote stored, IReadOnlyList<EarlierVersion> versions, CancellationToken cancellationToken)
    {
        var bundles = versions.Where(version => version.Edition is not null).Select(version => Entries(version.Bundle, () => StoredInput.Read(version), version.Resolved)).ToList();
        if (stored.Retraction is not null)
        {
            var present = await store.ReadContentAsync(stored.Number, cancellationToken);
            bundles.Add(Entries(present.Bundle, () => StoredInput.Read(present), present.Resolved));
        }

        var places = Places([.. versions.SelectMany(version => version.Resources), .. stored.Resources]);
        Dictionary<string, Resource> sent = [];
        foreach (var (urn, entry) in bundles.SelectMany(bundle => bundle))
            sent[urn] = PlacedReferences.Stored(entry.Resource!, places);
        return sent;
    }

    private static bool IsAsWritten(string? ours, string? now) => ours is not null && ours == now;

    private async Task<Dictionary<string, Bundle.EntryComponent>> EntriesAsync(Contribution other, CancellationToken cancellationToken)
    {
        if (other.Bundle is { } bundle)
            return Entries(FhirJson.Parse<Bundle>(bundle.Span));
        var content = await store.ReadContentAsync(other.Number, cancellationToken);
        return Entries(content.Bundle, () => StoredInput.Read(content), content.Resolved);
    }

    // Of a note that was written long ago only what gives its Bundle again may be kept.
    private Dictionary<string, Bundle.EntryComponent> Entries(ReadOnlyMemory<byte>? bundle, Func<Input?> input, ReadOnlyMemory<byte>? resolved)
    {
        if (bundle is { } mapped)
            return Entries(FhirJson.Parse<Bundle>(mapped.Span));
        return resolved is { } json && JsonSerializer.Deserialize<ResolvedNote>(json.Span) is { } who && input() is { } read
            ? Entries(read.Map(who, mapping, Wanted.Everything).ToTransaction())
            : [];
    }

    private static Dictionary<string, Bundle.EntryComponent> Entries(Bundle bundle) => bundle.Entry
        .Where(entry => entry is { FullUrl: not null, Resource: not null }).GroupBy(entry => entry.FullUrl!).ToDictionary(entries => entries.Key, entries => entries.First());

    private static Func<string, ResourceReference?> Places(IEnumerable<ResourceRow> rows)
    {
        Dictionary<string, ResourceReference> places = [];
        foreach (var row in rows.Where(row => row.Identity is not null))
            places[Urn(row.Identity!)] = row is { State: ResourceState.Written or ResourceState.Existing, Reference: { } reference } ? new ResourceReference(reference) : new ResourceReference { Type = row.Type, Identifier = Identities.Parse(row.Identity!) };
        return urn => places.GetValueOrDefault(urn);
    }

    private static string Urn(string identity)
    {
        var identifier = Identities.Parse(identity);
        return Uuid5.Urn(identifier.System!, identifier.Value!);
    }
}
