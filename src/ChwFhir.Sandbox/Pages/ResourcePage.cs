using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Pages;

/// <summary>FHIR JSON for a person's eyes: indented, references and paging links to be followed.</summary>
internal static partial class ResourcePage
{
    public static FhirAnswer Of(FhirAnswer fhir, string path, ServerAddress address)
    {
        var json = fhir.Body is { } body ? JsonNode.Parse(body)!.Pretty() : "";
        var title = path.Length == 0 ? "FHIR base" : path;
        var raw = $"""<p><a href="{Page.Encode($"{ServerAddress.Path}/{path}?_format=json")}">This without the frame</a></p>""";
        return Page.Of(fhir.Status, title, $"{(path.Contains('?', StringComparison.Ordinal) ? "" : raw)}<pre>{Linked(json, address)}</pre>") with
        {
            ETag = fhir.ETag,
            LastModified = fhir.LastModified,
            WwwAuthenticate = fhir.WwwAuthenticate
        };
    }

    // The pieces between the links are encoded, the links themselves are made of encoded text: nothing of the chart is ever markup.
    private static string Linked(string json, ServerAddress address)
    {
        var page = new System.Text.StringBuilder(json.Length * 2);
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
