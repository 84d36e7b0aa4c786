using System.Text;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Client;

/// <summary>
/// Speaks FHIR R4 with one endpoint. What servers normally say is an answer, not an exception. Safe for any number of callers at once.
/// A caller who leaves: a read throws, a write is told as <see cref="FhirAnswer.Lost"/> once it may have reached the server.
/// </summary>
public sealed class FhirClient : IDisposable
{
    private readonly FhirClientOptions options;
    private readonly FhirSender sender;
    private readonly Uri root;

    /// <param name="http">With <see cref="FhirHandler"/> below it; its own timeout is switched off, the options' one counts.</param>
    public FhirClient(HttpClient http, FhirClientOptions options)
    {
        http.Timeout = Timeout.InfiniteTimeSpan;
        this.options = options;
        root = new Uri(options.BaseUrl.AbsoluteUri.TrimEnd('/') + "/");
        sender = new FhirSender(http, options);
    }

    /// <summary>The base, ending in a slash.</summary>
    public Uri BaseUrl => root;

    public Task<FhirAnswer> ReadAsync(string type, string id, CancellationToken cancellationToken) =>
        sender.SendAsync(new FhirRequest(HttpMethod.Get, new Uri(root, $"{FhirNames.Type(type)}/{FhirNames.Id(id)}"), RequestKind.Read, "read", type) { Id = id }, cancellationToken);

    /// <summary>Pages are followed as the server links them, on its own origin only, at most <paramref name="maxPages"/> of them.</summary>
    public Task<FhirSearch> SearchAsync(string type, IReadOnlyList<KeyValuePair<string, string>> parameters, int maxPages, CancellationToken cancellationToken) =>
        new SearchPages(sender, root, FhirNames.Type(type)).ReadAsync(FirstPage(type, parameters, options.SearchByPost), maxPages, cancellationToken);

    /// <summary>As <see cref="SearchAsync"/>, but always by POST: for what must stand in no address and no access log, such as a name and a birth date.</summary>
    public Task<FhirSearch> SearchByPostAsync(string type, IReadOnlyList<KeyValuePair<string, string>> parameters, int maxPages, CancellationToken cancellationToken) =>
        new SearchPages(sender, root, FhirNames.Type(type)).ReadAsync(FirstPage(type, parameters, byPost: true), maxPages, cancellationToken);

    /// <param name="ifNoneExist">The search that finds what is to be made.</param>
    public Task<FhirAnswer> CreateAsync(Resource resource, string? ifNoneExist, CancellationToken cancellationToken) =>
        CreateAsync(resource, ifNoneExist, honoured: ifNoneExist is not null, cancellationToken);

    /// <param name="ifNoneExist">The search that finds what is to be made.</param>
    /// <param name="honoured">The server is known to keep to it, not only to say so: that is what makes the create safe to send again after an unclear answer.</param>
    public Task<FhirAnswer> CreateAsync(Resource resource, string? ifNoneExist, bool honoured, CancellationToken cancellationToken)
    {
        var kind = ifNoneExist is not null && honoured ? RequestKind.RepeatableWrite : RequestKind.SingleWrite;
        var request = new FhirRequest(HttpMethod.Post, new Uri(root, FhirNames.Type(resource.TypeName)), kind, "create", resource.TypeName)
        {
            Body = FhirBody.Write(resource),
            IfNoneExist = ifNoneExist,
            Prefer = "return=representation",
        };
        return sender.SendAsync(request, cancellationToken);
    }

    /// <param name="ifMatchVersion">The version that the update was made from, as the server named it (<c>3</c>); null overwrites what is there.</param>
    public Task<FhirAnswer> UpdateAsync(Resource resource, string? ifMatchVersion, CancellationToken cancellationToken)
    {
        var id = resource.Id ?? throw new ArgumentException("A resource to be updated has an id.", nameof(resource));
        var kind = ifMatchVersion is null ? RequestKind.SingleWrite : RequestKind.RepeatableWrite;
        var request = new FhirRequest(HttpMethod.Put, new Uri(root, $"{FhirNames.Type(resource.TypeName)}/{FhirNames.Id(id)}"), kind, "update", resource.TypeName)
        {
            Id = id,
            Body = FhirBody.Write(resource),
            IfMatch = ifMatchVersion is null ? null : $"W/\"{ifMatchVersion}\"",
            Prefer = "return=representation",
        };
        return sender.SendAsync(request, cancellationToken);
    }

    /// <summary>Never sent again after an unclear answer. Done means that the server gave an answer Bundle: <see cref="TransactionAnswer"/> says what it holds.</summary>
    public Task<FhirAnswer> TransactionAsync(Bundle bundle, CancellationToken cancellationToken)
    {
        // Servers with a base of /fhir often answer /fhir/ with a page.
        var address = new Uri(root.AbsoluteUri.TrimEnd('/'));
        return sender.SendAsync(new FhirRequest(HttpMethod.Post, address, RequestKind.SingleWrite, "transaction", null) { Body = FhirBody.Write(bundle), Prefer = "return=minimal" }, cancellationToken);
    }

    /// <summary><c>metadata</c>: a CapabilityStatement, or what an older release has in its place.</summary>
    public Task<FhirAnswer> CapabilitiesAsync(CancellationToken cancellationToken) =>
        sender.SendAsync(new FhirRequest(HttpMethod.Get, new Uri(root, "metadata"), RequestKind.Read, "capabilities", null), cancellationToken);

    /// <summary><c>ValueSet/$expand</c> by GET: the codes of a value set, here and now.</summary>
    public Task<FhirAnswer> ExpandAsync(IReadOnlyList<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken) =>
        sender.SendAsync(new FhirRequest(HttpMethod.Get, new Uri(root, $"ValueSet/$expand?{Query(parameters)}"), RequestKind.Read, "expand", nameof(ValueSet)), cancellationToken);

    /// <summary>What an <c>attachment.url</c> leads to, always as a <see cref="Binary"/>; refused without sending when it leads elsewhere.</summary>
    public async Task<FhirAnswer> ReadContentAsync(string url, CancellationToken cancellationToken)
    {
        if (SameOrigin.Resolve(root, url) is not { } address)
        {
            return new FhirAnswer.NotSent("the address is not on the server");
        }

        var request = new FhirRequest(HttpMethod.Get, address, RequestKind.Read, "content", nameof(Binary)) { Accept = "application/fhir+json, */*;q=0.5" };
        return await sender.SendAsync(request, cancellationToken);
    }

    public void Dispose() => sender.Dispose();

    private FhirRequest FirstPage(string type, IReadOnlyList<KeyValuePair<string, string>> parameters, bool byPost)
    {
        var query = Query(parameters);
        if (!byPost)
        {
            return new FhirRequest(HttpMethod.Get, new Uri(root, $"{type}?{query}"), RequestKind.Read, "search-type", type);
        }

        return new FhirRequest(HttpMethod.Post, new Uri(root, $"{type}/_search"), RequestKind.Read, "search-type", type)
        {
            Body = Encoding.UTF8.GetBytes(query),
            BodyType = "application/x-www-form-urlencoded",
        };
    }

    private static string Query(IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"));
}
