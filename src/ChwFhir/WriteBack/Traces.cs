using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack;

/// <summary>
/// Looks for what may have been written, in the ways that there are: by our identifier; a document by the line that it ends with; a vital sign by patient,
/// code and time. Never by a hash of what was sent: servers re-render.
/// </summary>
internal sealed class Traces(OursInEhr ours, DocumentSearch documents, ReadingSearch readings, SearchEvidence evidence, SearchProof proof)
{
    /// <param name="taken">Where other resources of the note stand: none of them is looked for.</param>
    /// <param name="since">When the first of them was sent.</param>
    /// <returns>Null when the EHR gives no answer just now.</returns>
    public async Task<IReadOnlyList<Trace>?> LookAsync(IReadOnlyList<MappedResource> wanted, IEnumerable<string> taken, string patient, DateTimeOffset since, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var identified = wanted.Where(one => MaySearchByIdentifier(one.Resource, capabilities)).ToList();
        var finds = await ours.FindAsync(identified, patient, capabilities, cancellationToken);
        if (finds.NoAnswer)
            return null;

        List<Trace> traces = [];
        foreach (var one in wanted)
        {
            var type = one.Resource.TypeName;
            var find = finds.Finds.FirstOrDefault(find => find.Wanted == one);
            if (find?.Matches is [var match, ..])
            {
                await evidence.SawAsync(type, SearchEvidence.ByIdentifier, cancellationToken);
                traces.Add(new Trace(one, match, false));
                continue;
            }
            if (await ShowsAsync(find is { Complete: true }, type, SearchEvidence.ByIdentifier, capabilities, cancellationToken) is not { } sure)
                return null;
            traces.Add(new Trace(one, null, sure));
        }

        var open = traces.Where(trace => trace is { Found: null, Sure: false }).ToList();
        return await LookByLineAsync(open, patient, since, capabilities, cancellationToken) is { } byLine && await LookByMomentAsync(open, [.. taken], patient, capabilities, cancellationToken) is { } byMoment
            ? [.. traces.Select(trace => byLine.Concat(byMoment).FirstOrDefault(later => later.Key == trace.Key) ?? trace)]
            : null;
    }

    private async Task<IReadOnlyList<Trace>?> LookByLineAsync(IReadOnlyList<Trace> open, string patient, DateTimeOffset since, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var lines = open.Where(trace => LineOf(trace.Wanted) is not null).ToDictionary(trace => LineOf(trace.Wanted)!, trace => trace);
        if (lines.Count == 0 || !capabilities.SearchesBy("DocumentReference", "patient"))
            return [];

        var dated = lines.Values.Min(trace => ((DocumentReference)trace.Wanted.Resource).Date);
        if (await documents.FindAsync(patient, lines.ToDictionary(line => line.Key, line => OpeningOf(line.Value.Wanted)), since, dated, capabilities, cancellationToken) is not { } found)
            return null;
        if (found.ByLine.Count > 0)
            await evidence.SawAsync("DocumentReference", SearchEvidence.ByReferenceLine, cancellationToken);
        if (await ShowsAsync(found.Complete && found.ByLine.Count < lines.Count, "DocumentReference", SearchEvidence.ByReferenceLine, capabilities, cancellationToken) is not { } sure)
            return null;
        return [.. lines.Select(line => found.ByLine.TryGetValue(line.Key, out var document) ? line.Value with { Found = document } : line.Value with { Sure = sure })];
    }

    private async Task<IReadOnlyList<Trace>?> LookByMomentAsync(IReadOnlyList<Trace> open, HashSet<string> taken, string patient, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        List<Trace> traces = [];
        foreach (var trace in open.Where(trace => ReadingSearch.CanTell(trace.Wanted.Resource)))
        {
            if (await readings.FindAsync((Observation)trace.Wanted.Resource, taken, patient, capabilities, cancellationToken) is not { } looked)
                return null;
            if (looked.Found is not null && taken.Add($"Observation/{looked.Found.Id}"))
                await evidence.SawAsync("Observation", SearchEvidence.ByCodeAndTime, cancellationToken);
            if (await ShowsAsync(looked is { Found: null, Complete: true }, "Observation", SearchEvidence.ByCodeAndTime, capabilities, cancellationToken) is not { } sure)
                return null;
            traces.Add(trace with { Found = looked.Found, Sure = sure });
        }
        return traces;
    }

    // What is not known yet may be found out: other notes have been written in the meantime. Null when the EHR gives no answer just now.
    private async Task<bool?> ShowsAsync(bool searchedInVain, string type, string way, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        if (!searchedInVain)
            return false;
        return await evidence.HasAsync(type, way, cancellationToken) ? true : await proof.TryAsync(type, way, capabilities, cancellationToken);
    }

    private static bool MaySearchByIdentifier(Resource resource, EhrCapabilities capabilities)
    {
        var parameter = resource is Provenance ? "_tag" : "identifier";
        return capabilities.RequiresEncounter ? capabilities.SearchesBy(resource.TypeName, parameter) : capabilities.Takes(resource.TypeName, Interactions.Search);
    }

    /// <summary>The line that a document of ours ends with, as <c>note id/key</c>; null for anything else, such as a photograph.</summary>
    private static string? LineOf(MappedResource one) => TextOf(one) is { } text ? ReferenceLine.In(text.Data, text.ContentType) : null;

    private static string? OpeningOf(MappedResource one) => TextOf(one) is { } text ? LineReading.Read.Opening(text.Data, text.ContentType) : null;

    private static Attachment? TextOf(MappedResource one) => (one.Resource as DocumentReference)?.Content.Select(content => content.Attachment)
        .FirstOrDefault(attachment => attachment?.Data is not null && attachment.ContentType?.StartsWith("text/", StringComparison.Ordinal) is true && ReferenceLine.In(attachment.Data, attachment.ContentType) is not null);
}
