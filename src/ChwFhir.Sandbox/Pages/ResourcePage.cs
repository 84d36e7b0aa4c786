using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Pages;

/// <summary>FHIR JSON for a person's eyes: the gist first, then the JSON, indented, references and paging links to be followed.</summary>
internal static partial class ResourcePage
{
    public static FhirAnswer Of(FhirAnswer fhir, string path, string query, ServerAddress address)
    {
        var resource = fhir.Body is { } body ? JsonNode.Parse(body) : null;
        var content = new StringBuilder();
        if (resource is not null)
            content.Append(Before(resource, address)).Append($"<pre>{Linked(resource.Pretty(), address)}</pre>");
        var plain = $"{ServerAddress.Path}/{path}{query}{(query.Length == 0 ? "?" : "&")}_format=json";
        content.Append($"""<p class="foot"><a href="{Page.Encode(plain)}">Only the JSON</a></p>""");
        return Page.Of(fhir.Status, path.Length == 0 ? "FHIR base" : path, content.ToString()) with
        {
            ETag = fhir.ETag,
            LastModified = fhir.LastModified,
            WwwAuthenticate = fhir.WwwAuthenticate
        };
    }

    private static string Before(JsonNode resource, ServerAddress address)
    {
        if (resource["type"].String() is "searchset")
            return List(resource, address);
        var text = Gist.Text(resource) is { } note ? $"""<pre class="note">{Page.Encode(note)}</pre>""" : "";
        return resource["resourceType"].String() is "CapabilityStatement" or "OperationOutcome" ? "" : $"<p>{Page.Encode(Gist.Line(resource))}</p>{text}";
    }

    private static string List(JsonNode bundle, ServerAddress address)
    {
        var rows = new StringBuilder();
        foreach (var entry in bundle["entry"].Objects())
            if (entry["resource"] is JsonObject resource && entry["fullUrl"].String() is { } url && address.Local(url) is { } local)
                rows.Append($"""<li><a href="{Page.Encode($"{ServerAddress.Path}/{local}")}">{Page.Encode(local)}</a> {Page.Encode(Gist.Line(resource))}</li>""");
        return $"<p>{bundle["total"]?.ToString() ?? "Some"} found</p><ul>{rows}</ul>";
    }

    // The pieces between the links are encoded, the links themselves are made of encoded text: nothing of the chart is ever markup.
    private static string Linked(string json, ServerAddress address)
    {
        var page = new StringBuilder(json.Length * 2);
        var done = 0;
        foreach (Match match in Link().Matches(json))
        {
            var target = match.Groups["to"];
            page.Append(Page.Encode(json[done..target.Index]));
            done = target.Index + target.Length;
            page.Append(address.Local(target.Value) is { } local
                ? $"""<a href="{Page.Encode($"{ServerAddress.Path}/{local}")}">{Page.Encode(target.Value)}</a>"""
                : Page.Encode(target.Value));
        }
        return page.Append(Page.Encode(json[done..])).ToString();
    }

    [GeneratedRegex("""
        "(reference|fullUrl|url)": "(?<to>(https?://[^"\\\s]+/)?[A-Z][A-Za-z]+(/[A-Za-z0-9\-.]{1,64}|\?)[^"\\\s]*)"
        """, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
