using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.Fhir;

/// <summary>
/// A CHW's visit note as plain text or Markdown inside of a DocumentReference whose type says that it is one: its words are the narrative, and the cover says whose it is, who wrote
/// it, and when the visit was. What the cover says and a visit note has no place for is refused, so that no word is lost.
/// </summary>
internal static partial class PlainNote
{
    private const string Loinc = "http://loinc.org", Progress = "11506-3";
    private static readonly string[] Taken = ["text/plain", "text/markdown"];
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal) { ["34129-7"] = "home", ["34748-4"] = "phone" };

    /// <summary>By its type: the note types that this service writes for visits, or the site's own; a progress note may be anybody's, and is one when it claims to be a CHW's.</summary>
    /// <remarks>Documents of other forms (C-CDA, PDF, HL7 v2) say themselves what they are.</remarks>
    public static bool IsOne(JsonObject document, NoteType? siteType)
    {
        var contents = Contents(document);
        // What does not say its form is none of those.
        if (contents.Count == 0 || !contents.All(one => Form(one) is not { } form || (form.StartsWith("text/", StringComparison.Ordinal) && form is not "text/xml")))
            return false;
        var claims = ElementPath.Values(document, "meta.profile").Any(profile => ElementPath.Text(profile)?.Split('|')[0] == OwnProfiles.VisitNote);
        return claims || Types(document).Any(type => (type.System == Loinc && Kinds.ContainsKey(type.Code)) || (siteType is not null && siteType.Code != Progress && type == (siteType.System, siteType.Code)));
    }

    /// <returns>The note in the JSON of this service; or what is wrong, at its place in the document.</returns>
    /// <param name="ownSystem">Of the identifiers whose values are ids of notes here.</param>
    public static (JsonObject? Note, IReadOnlyList<NoteFault> Faults) Read(JsonObject document, ReadOnlyMemory<byte> body, string ownSystem)
    {
        List<NoteFault> faults = [.. NoteCover.NotCarried(document)];
        var words = Words(document, faults);
        if (document["subject"] is not JsonObject)
            faults.Add(new NoteFault("/subject", "required", "Whose visit it was."));
        if (document["author"] is not JsonArray { Count: 1 } authors || authors[0] is not JsonObject)
            faults.Add(new NoteFault("/author", "required", "The community health worker who wrote it, and nobody else: a visit note has one author."));
        if (Start(document) is null)
            faults.Add(new NoteFault("/context/period/start", "required", "When the visit began; date will do."));
        if (faults.Count == 0)
            faults.AddRange(NotRead(body));
        if (faults.Count > 0)
            return (null, faults);

        var visit = new JsonObject { ["status"] = "completed", ["start"] = Start(document) };
        if (Types(document).Select(type => type.System == Loinc ? Kinds.GetValueOrDefault(type.Code) : null).FirstOrDefault(kind => kind is not null) is { } said)
            visit["kind"] = said;
        if (Period(document, "end") is { } end)
            visit["end"] = end;
        if (ElementPath.Values(document, "context.encounter").FirstOrDefault() is JsonObject encounter)
            visit["encounter"] = Who(encounter);
        var author = Who(document["author"]![0]!.AsObject());
        if (ElementPath.Text(document["author"]![0]!["display"]) is { } name)
            author["name"] = name;
        var note = new JsonObject { ["id"] = Id(document, body, ownSystem), ["patient"] = Who(document["subject"]!.AsObject()), ["author"] = author, ["visit"] = visit, ["narrative"] = words };
        if (ElementPath.Text(document["date"]) is { } authored)
            note["authored"] = authored;
        if ((ElementPath.Text(Contents(document)[0]["language"]) ?? ElementPath.Text(document["language"])) is { } language)
            note["language"] = language;
        return (note, []);
    }

    /// <summary>By which it is told from others.</summary>
    public static string? Identifier(JsonObject document) => ElementPath.Text(First(document)?["value"]);

    /// <summary>A fault of the note, told where the document says it.</summary>
    public static NoteFault At(NoteFault fault) => fault.Pointer.Split('/') switch
    {
        ["", "patient", ..] => fault with { Pointer = "/subject" },
        ["", "author", ..] => fault with { Pointer = "/author/0" },
        ["", "id", ..] => fault with { Pointer = "/identifier" },
        ["", "authored", ..] => fault with { Pointer = "/date" },
        ["", "visit", "encounter", ..] => fault with { Pointer = "/context/encounter/0" },
        ["", "visit", var member, ..] => fault with { Pointer = $"/context/period/{member}" },
        _ => fault with { Pointer = "/content/0/attachment/data", Detail = fault.Pointer.Length > 0 ? $"{fault.Pointer}: {fault.Detail}" : fault.Detail },
    };

    // Of a member that R4 does not have, or that is not what R4 says, nothing would be left.
    private static IEnumerable<NoteFault> NotRead(ReadOnlyMemory<byte> body) => FhirJson.Read<DocumentReference>(body.Span).Issues
        .Where(issue => issue.Code is FhirJsonIssueCode.UnknownMember or FhirJsonIssueCode.WrongType).Select(issue => new NoteFault(issue.Path, "wrong-type", issue.Text));

    private static string? Words(JsonObject document, List<NoteFault> faults)
    {
        const string place = "/content/0/attachment";
        // More than one is a fault already.
        if (Contents(document) is not [var attachment])
            return null;
        if (Form(attachment) is not { } form || !Taken.Contains(form))
        {
            faults.Add(new NoteFault($"{place}/contentType", "other-form", $"A visit note is taken as {string.Join(", ", Taken)}, or as application/json in the form of this service."));
            return null;
        }
        if (Text(attachment) is not { } text)
        {
            faults.Add(new NoteFault($"{place}/data", "not-text", "The text itself, in UTF-8 or in the charset that contentType names; nothing is fetched from elsewhere."));
            return null;
        }
        // What the cover says of it is said with it, unless it begins so itself.
        var before = new[] { ElementPath.Text(document["description"]), ElementPath.Text(attachment["title"]) }.OfType<string>().Distinct().Where(line => line.Length > 0 && !text.Contains(line, StringComparison.Ordinal));
        return string.Join("\n\n", [.. before, text]);
    }

    private static string? Text(JsonObject attachment)
    {
        try
        {
            var charset = MediaTypeHeaderValue.TryParse(ElementPath.Text(attachment["contentType"]), out var media) && media.Charset.Length > 0 ? HeaderUtilities.RemoveQuotes(media.Charset).ToString() : "utf-8";
            return ElementPath.Text(attachment["data"]) is { Length: > 0 } data
                ? Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(Convert.FromBase64String(data)).TrimStart('\uFEFF').Replace('\f', '\n').Replace('\v', '\n')
                : null;
        }
        catch (Exception unread) when (unread is FormatException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // An identifier of this service's own system is an id as it is. Others count from one wherever they are: a name made of system and value, or of the whole.
    private static string Id(JsonObject document, ReadOnlyMemory<byte> body, string ownSystem)
    {
        if (Identifier(document) is not { } value)
            return $"doc-{Convert.ToHexStringLower(SHA256.HashData(body.Span))[..40]}";
        var system = ElementPath.Text(First(document)!["system"]);
        return system == ownSystem && OwnId().IsMatch(value) ? value : $"doc-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{system}|{value}")))[..40]}";
    }

    private static JsonObject? First(JsonObject document) => ElementPath.Values(document, "masterIdentifier").Concat(ElementPath.Values(document, "identifier")).OfType<JsonObject>().FirstOrDefault();

    private static JsonObject Who(JsonObject reference)
    {
        var who = new JsonObject();
        if (ElementPath.Text(reference["reference"]) is { } address)
            who["reference"] = address;
        else if (reference["identifier"] is JsonObject identifier)
            who["identifier"] = new JsonObject { ["system"] = ElementPath.Text(identifier["system"]), ["value"] = ElementPath.Text(identifier["value"]) };
        return who;
    }

    private static string? Start(JsonObject document) => Period(document, "start") ?? ElementPath.Text(document["date"]);

    private static string? Period(JsonObject document, string end) => ElementPath.Values(document, $"context.period.{end}").Select(ElementPath.Text).FirstOrDefault();

    private static IEnumerable<(string System, string Code)> Types(JsonObject document) =>
        ElementPath.Values(document, "type.coding").OfType<JsonObject>().Select(coding => (ElementPath.Text(coding["system"]) ?? "", ElementPath.Text(coding["code"]) ?? ""));

    private static List<JsonObject> Contents(JsonObject document) => [.. ElementPath.Values(document, "content.attachment").OfType<JsonObject>()];

    private static string? Form(JsonObject attachment) => ElementPath.Text(attachment["contentType"])?.Split(';')[0].Trim().ToLowerInvariant();

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex OwnId();
}
