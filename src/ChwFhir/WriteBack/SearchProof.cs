using System.Collections.Concurrent;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Queue;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

/// <summary>Finds out whether this server's search shows what we write: looks for something of the type that it is known to have from us.</summary>
internal sealed class SearchProof(NoteStore store, EhrConnection ehr, EhrQuestions questions, DocumentSearch documents, ReadingSearch readings, SearchEvidence evidence, IOptions<WriteBackOptions> options, TimeProvider time)
{
    private const int Latest = 3;
    private readonly ConcurrentDictionary<(string Type, string Way), DateTimeOffset> notBefore = new();

    /// <summary>In whatever way there is for the type, unless it is known for one.</summary>
    public async Task TryAsync(string type, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        string[] ways = type switch
        {
            "DocumentReference" => [SearchEvidence.ByIdentifier, SearchEvidence.ByReferenceLine],
            "Observation" => [SearchEvidence.ByIdentifier, SearchEvidence.ByCodeAndTime],
            _ => [SearchEvidence.ByIdentifier],
        };
        foreach (var way in ways)
            if (await evidence.HasAsync(type, way, cancellationToken) || await TryAsync(type, way, capabilities, cancellationToken) is true)
                return;
    }

    /// <returns>Null when the EHR gave no answer just now: that says nothing of its search.</returns>
    public async Task<bool?> TryAsync(string type, string way, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (notBefore.TryGetValue((type, way), out var wait) && wait > now)
            return false;

        var answered = true;
        foreach (var row in await store.LatestWrittenAsync(ehr.Id, type, Latest, cancellationToken))
        {
            switch (await ShowsAsync(row, way, capabilities, cancellationToken))
            {
                case true:
                    await evidence.SawAsync(type, way, cancellationToken);
                    return true;
                case null:
                    answered = false;
                    break;
            }
        }
        if (!answered)
            return null;
        // A server that never shows them is not asked with every note.
        notBefore[(type, way)] = now + (options.Value.SettleAfter.Value / 2);
        return false;
    }

    private async Task<bool?> ShowsAsync(WrittenRow row, string way, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        switch (way)
        {
            case SearchEvidence.ByIdentifier when row.Identity is { } identity:
                var bar = identity.IndexOf('|', StringComparison.Ordinal);
                var parameter = row.Type == "Provenance" ? "_tag" : "identifier";
                var search = await questions.SearchAsync(row.Type,
                    [new(parameter, $"{SearchText.Escape(identity[..bar])}|{SearchText.Escape(identity[(bar + 1)..])}"), .. Companions.Of(row.Type, row.Patient, capabilities)], cancellationToken);
                return search.Matches.Any(match => IsThere(match, row)) ? true : EhrQuestions.MayPass(search) ? null : false;
            case SearchEvidence.ByReferenceLine:
                var line = $"{row.NoteId}/{row.Key}";
                var dated = await questions.ReadAsync<DocumentReference>(row.Reference, cancellationToken) is Lookup<DocumentReference>.Found { Resource: var document } ? document.Date : row.WrittenAt;
                return await documents.FindAsync(row.Patient, new Dictionary<string, string?> { [line] = null }, row.WrittenAt, dated, capabilities, cancellationToken) is { } found
                    ? found.ByLine.TryGetValue(line, out var there) && IsThere(there, row) : null;
            case SearchEvidence.ByCodeAndTime:
                return await questions.ReadAsync<Observation>(row.Reference, cancellationToken) switch
                {
                    Lookup<Observation>.NoAnswer => null,
                    Lookup<Observation>.Found { Resource: var reading } when ReadingSearch.CanTell(reading) =>
                        await readings.FindAsync(reading, new HashSet<string>(), row.Patient, capabilities, cancellationToken) is { } looked ? looked.Found is not null : null,
                    _ => false,
                };
            default:
                return false;
        }
    }

    private static bool IsThere(Resource match, WrittenRow row) => FhirReference.TryParse(row.Reference, out var place) && match.Id == place.Id;
}
