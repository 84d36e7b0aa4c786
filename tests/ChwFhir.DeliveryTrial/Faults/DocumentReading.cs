using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChwFhir.DeliveryTrial.Faults;

/// <summary>Finds notes by the last line of their documents, <c>CHW note ref …/note</c>, in whatever a server makes of the text.</summary>
internal static partial class DocumentReading
{
    /// <summary>The notes whose documents a request made new in the EHR.</summary>
    public static IEnumerable<string> Created(string request, string answer, HttpStatusCode status)
    {
        var sent = Read(request);
        if ((string?)sent?["resourceType"] == "DocumentReference")
            return status == HttpStatusCode.Created ? NotesOf(sent) : [];
        if ((string?)sent?["resourceType"] != "Bundle" || status != HttpStatusCode.OK || Read(answer)?["entry"] is not JsonArray told)
            return [];
        return sent["entry"]!.AsArray().Zip(told)
            .Where(pair => ((string?)pair.Second?["response"]?["status"])?.StartsWith("201", StringComparison.Ordinal) is true)
            .SelectMany(pair => NotesOf(pair.First!["resource"]));
    }

    /// <summary>The notes named by a text, HTML or RTF: tags and control words taken out, white space folded.</summary>
    public static IEnumerable<string> NotesIn(string text)
    {
        var plain = Space().Replace(WebUtility.HtmlDecode(Markup().Replace(text, " ")), " ");
        return Line().Matches(plain).Select(match => match.Groups["id"].Value);
    }

    public static string Text(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    private static IEnumerable<string> NotesOf(JsonNode? resource)
    {
        if ((string?)resource?["resourceType"] != "DocumentReference" || resource["content"] is not JsonArray contents)
            return [];
        return contents.Select(content => (string?)content!["attachment"]?["data"]).OfType<string>().SelectMany(data => NotesIn(Text(data))).Distinct();
    }

    private static JsonObject? Read(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"CHW note ref (?<id>[A-Za-z0-9._-]+)/note(?![\w/])")]
    private static partial Regex Line();

    [GeneratedRegex(@"<[^<>]*>|\\[a-z]+-?\d* ?|[{}]")]
    private static partial Regex Markup();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
