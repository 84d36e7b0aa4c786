using System.Text;
using ChwFhir.Sandbox.Rest;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ChwFhir.Sandbox.Smart;

/// <summary>The parameters of an OAuth request. One without a value counts as left out; one that is there twice is an error (RFC 6749, 3.1 and 3.2).</summary>
internal sealed class Parameters
{
    private const int Largest = 64 * 1024;
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> doubled = new(StringComparer.Ordinal);

    /// <summary>Of the address of a GET, of the body of a POST.</summary>
    public static async Task<Parameters> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(request.Method))
            return new Parameters(request.QueryString.Value ?? "");
        if (!MediaTypes.IsForm(request.ContentType))
            throw new OAuthRefusal(400, "invalid_request", "The body has to be application/x-www-form-urlencoded.");
        return new Parameters("?" + await TextAsync(request.Body, cancellationToken));
    }

    private Parameters(string query)
    {
        foreach (var pair in new QueryStringEnumerable(query))
            if (pair.DecodeValue().ToString() is { Length: > 0 } value && !values.TryAdd(pair.DecodeName().ToString(), value))
                doubled.Add(pair.DecodeName().ToString());
    }

    public string? this[string name] => doubled.Contains(name) ? null : values.GetValueOrDefault(name);

    public bool HasDoubled => doubled.Count > 0;

    public void RefuseDoubled()
    {
        if (HasDoubled)
            throw new OAuthRefusal(400, "invalid_request", "A parameter is there twice.");
    }

    public string Required(string name) => this[name] ?? throw new OAuthRefusal(400, "invalid_request", $"The parameter {name} is missing.");

    private static async Task<string> TextAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[Largest + 1];
        var count = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return count <= Largest ? Encoding.UTF8.GetString(bytes, 0, count) : throw new OAuthRefusal(413, "invalid_request", "The body is too large.");
    }
}
