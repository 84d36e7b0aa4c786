using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// Bundles. Those that begin with chw- have no key in the specification, only words (https://hl7.org/fhir/R4/bundle.html, http.html#transaction).
internal static partial class BaseRules
{
    private static readonly Member BundleEntries = new(Bundle.TheFacts, "entry");

    private static readonly Dictionary<string, Rule[]> OfOurOwn = new()
    {
        ["Bundle#Entry"] =
        [
            On<Bundle.EntryComponent>("bundle-fullurl", "fullUrl is absolute, and says the id that the resource has", it => it.FullUrl is not { } url || IsFullUrl(url, it.Resource)),
            On<Bundle.EntryComponent>("bundle-request", "the request's address fits its method and the resource", it => it.Request is not { } request || Fits(request, it.Resource)),
        ],
    };

    private static IEnumerable<Rule> OfBundles() =>
    [
        On<Bundle>("bdl-1", "a total stands in search sets and histories only", it => it.Total is null || it.Type is Bundle.BundleType.Searchset or Bundle.BundleType.History),
        On<Bundle>("bdl-2", "search stands in search sets only", it => it.Type == Bundle.BundleType.Searchset || !BundleEntries.In<Bundle.EntryComponent>(it).Exists(entry => entry.Search is not null)),
        On<Bundle>("bdl-3", "entries of a transaction, batch or history have requests, others have none", it => AllOrNone(it, it.Type is Bundle.BundleType.Batch or Bundle.BundleType.Transaction or Bundle.BundleType.History, static entry => entry.Request is not null)),
        On<Bundle>("bdl-4", "entries of a response or history have responses, others have none", it => AllOrNone(it, it.Type is Bundle.BundleType.BatchResponse or Bundle.BundleType.TransactionResponse or Bundle.BundleType.History, static entry => entry.Response is not null)),
        On<Bundle.EntryComponent>("bdl-5", "an entry has a resource, a request or a response", it => it.Resource is not null || it.Request is not null || it.Response is not null),
        On<Bundle>("bdl-7", "a fullUrl stands once, but for versions of one resource", it => it.Type == Bundle.BundleType.History || AreFullUrlsDistinct(BundleEntries.In<Bundle.EntryComponent>(it))),
        On<Bundle.EntryComponent>("bdl-8", "a fullUrl names no version", it => it.FullUrl?.Contains("/_history/", StringComparison.Ordinal) != true),
        On<Bundle>("bdl-9", "a document has an identifier with system and value", it => it.Type != Bundle.BundleType.Document || it.Identifier is { System: not null, Value: not null }),
        On<Bundle>("bdl-10", "a document has a date", it => it.Type != Bundle.BundleType.Document || it.Timestamp is not null),
        On<Bundle>("bdl-11", "a document begins with its Composition", it => it.Type != Bundle.BundleType.Document || BundleEntries.In<Bundle.EntryComponent>(it) is [{ Resource: Composition }, ..]),
        On<Bundle>("bdl-12", "a message begins with its MessageHeader", it => it.Type != Bundle.BundleType.Message || BundleEntries.In<Bundle.EntryComponent>(it) is [{ Resource.TypeName: "MessageHeader" }, ..]),
    ];

    private static bool AllOrNone(Bundle bundle, bool all, Func<Bundle.EntryComponent, bool> has)
    {
        foreach (var entry in BundleEntries.In<Bundle.EntryComponent>(bundle))
        {
            if (has(entry) != all)
                return false;
        }

        return true;
    }

    private static bool AreFullUrlsDistinct(List<Bundle.EntryComponent> entries)
    {
        var seen = new HashSet<(string, string?)>(entries.Count);
        foreach (var entry in entries)
        {
            if (entry.FullUrl is { } url && !seen.Add((url, entry.Resource?.Meta?.VersionId)))
                return false;
        }

        return true;
    }

    private static bool IsFullUrl(string url, Resource? resource)
    {
        if (url.StartsWith("urn:uuid:", StringComparison.Ordinal))
            return Guid.TryParseExact(url.AsSpan(9), "D", out _);
        if (url.StartsWith("urn:oid:", StringComparison.Ordinal))
            return Formats.Fault(Format.Oid, url) is null;
        if (!url.Contains("://", StringComparison.Ordinal))
            return false;

        return resource?.Id is not { } id || url.EndsWith(id, StringComparison.Ordinal);
    }

    private static bool Fits(Bundle.RequestComponent request, Resource? resource)
    {
        if (request.Url is not { } url)
            return true;

        return request.Method switch
        {
            Bundle.HTTPVerb.POST => resource is null || url.StartsWith('$') || url.Contains("/$", StringComparison.Ordinal) || url.EndsWith("_search", StringComparison.Ordinal) || url == resource.TypeName || url.EndsWith("/" + resource.TypeName, StringComparison.Ordinal),
            Bundle.HTTPVerb.PUT => resource is not null && (Begins(url, resource.TypeName, '/') || Begins(url, resource.TypeName, '?') || url.Contains($"/{resource.TypeName}/", StringComparison.Ordinal) || url.Contains($"/{resource.TypeName}?", StringComparison.Ordinal)),
            Bundle.HTTPVerb.PATCH => resource is not null,
            _ => true,
        };
    }

    private static bool Begins(string url, string type, char then) => url.Length > type.Length + 1 && url.StartsWith(type, StringComparison.Ordinal) && url[type.Length] == then;
}
