using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>The entries of a Bundle by the addresses at which references find them (https://hl7.org/fhir/R4/bundle.html#references).</summary>
internal sealed class BundleLinks(Bundle bundle)
{
    private const string History = "/_history/";

    // Null for an address under which several stand: which of them is meant nobody can say.
    private Dictionary<string, Bundle.EntryComponent?>? _byAddress;
    private Dictionary<(string Address, string Version), Bundle.EntryComponent>? _byVersion;

    public Bundle Bundle { get; } = bundle;

    public bool Has(string address) => (_byAddress ??= ByAddress()).ContainsKey(address);

    /// <param name="from">The entry in which the reference stands: by its fullUrl a relative one is made whole.</param>
    public Link? Find(string reference, Bundle.EntryComponent? from)
    {
        if (Whole(reference, from) is not { } address)
            return null;

        var version = address.IndexOf(History, StringComparison.Ordinal);
        var entry = version < 0
            ? (_byAddress ??= ByAddress()).GetValueOrDefault(address)
            : (_byVersion ??= ByVersion()).GetValueOrDefault((address[..version], address[(version + History.Length)..]));

        return entry?.Resource is { } resource ? new Link(resource, entry) : null;
    }

    // A relative reference means nothing in an entry that has a urn: for an address; among entries without any it means the one of this type and id.
    private static string? Whole(string reference, Bundle.EntryComponent? from)
    {
        if (IsAbsolute(reference) || from?.FullUrl is not { } url)
            return reference;

        return ServerOf(url) is { Length: > 0 } server ? string.Concat(server, reference) : null;
    }

    private static bool IsAbsolute(string reference) => reference.AsSpan().IndexOfAny(':', '/', '?') is var at and > 0 && reference[at] == ':';

    // http://ehr.example/fhir/ of http://ehr.example/fhir/Patient/1.
    private static ReadOnlySpan<char> ServerOf(ReadOnlySpan<char> url)
    {
        if (!url.StartsWith("http", StringComparison.Ordinal) || url.LastIndexOf('/') is not (var id and > 0))
            return default;

        var type = url[..id].LastIndexOf('/') + 1;

        return type > 0 && type < id && char.IsAsciiLetterUpper(url[type]) ? url[..type] : default;
    }

    private Dictionary<string, Bundle.EntryComponent?> ByAddress()
    {
        var byAddress = new Dictionary<string, Bundle.EntryComponent?>(Bundle.Entry.Count, StringComparer.Ordinal);
        foreach (var entry in Bundle.Entry)
        {
            if (AddressOf(entry) is { } address && !byAddress.TryAdd(address, entry))
                byAddress[address] = null;
        }

        return byAddress;
    }

    private Dictionary<(string, string), Bundle.EntryComponent> ByVersion()
    {
        var byVersion = new Dictionary<(string, string), Bundle.EntryComponent>();
        foreach (var entry in Bundle.Entry)
        {
            if (AddressOf(entry) is { } address && entry.Resource?.Meta?.VersionId is { } version)
                byVersion.TryAdd((address, version), entry);
        }

        return byVersion;
    }

    // What is created gets another id than it has here.
    private static string? AddressOf(Bundle.EntryComponent entry) => entry switch
    {
        { Resource: null } => null,
        { FullUrl: { } url } => url,
        { Resource.Id: { } id, Request: not { Method: Bundle.HTTPVerb.POST } } => $"{entry.Resource.TypeName}/{id}",
        _ => null,
    };
}
