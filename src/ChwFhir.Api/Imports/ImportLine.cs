using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChwFhir.Api.Host;
using ChwFhir.Intake;

namespace ChwFhir.Api.Imports;

/// <summary>
/// What a line of an import is: a visit note, an after-visit summary or a FHIR resource as such, or for the forms that are no JSON
/// <c>{ "contentType", "text" | "data" (base64), "patient"?, "encounter"?, "documentId"? }</c>. It is only looked at; its own reader reads it.
/// </summary>
internal static class ImportLine
{
    private static readonly string[] OfSummaries = ["encounter", "diagnoses", "medications", "instructions", "warningSigns", "followUps", "pendingTests"];

    private static readonly string[] BesideIt = ["patient", "encounter", "documentId"];

    private static readonly string[] OfEnvelopes = ["contentType", "text", "data", .. BesideIt];

    /// <summary>Null with the fault where it is none of them.</summary>
    public static ImportDocument? Read(ReadOnlyMemory<byte> line, out NoteFault? fault)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 256 });
        }
        catch (JsonException broken)
        {
            return Not("", "not-json", $"is not JSON: position {broken.BytePositionInLine}", out fault);
        }
        using (json)
        {
            try
            {
                return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement, line, out fault) : Not("", "object-expected", "must be a JSON object", out fault);
            }
            catch (InvalidOperationException)
            {
                // The parser takes bytes that are no UTF-8, and half of a surrogate pair, until somebody asks for the words.
                return Not("", "not-json", "is not JSON: it has words that are no UTF-8, or half of a surrogate pair", out fault);
            }
        }
    }

    /// <summary>By which door something of a media type comes in: JSON is looked into.</summary>
    public static DocumentForm FormOf(string contentType, ReadOnlyMemory<byte> body) =>
        contentType.Contains("json", StringComparison.OrdinalIgnoreCase) && Read(body, out _) is { } document ? document.Form : DocumentForm.AfterVisitSummary;

    private static ImportDocument? Read(JsonElement root, ReadOnlyMemory<byte> line, out NoteFault? fault)
    {
        fault = null;
        if (root.TryGetProperty("resourceType", out var type))
            return Resource(type, root, line, out fault);
        if (root.TryGetProperty("contentType", out _) && !root.TryGetProperty("visit", out _))
            return Enveloped(root, out fault);
        // A note without its visit is told so by the notes' reader.
        var isSummary = !root.TryGetProperty("visit", out _) && OfSummaries.Any(member => root.TryGetProperty(member, out _));
        return new ImportDocument(isSummary ? DocumentForm.AfterVisitSummary : DocumentForm.VisitNote, line, Media.Json, LaneOf(root, "patient"));
    }

    private static ImportDocument? Resource(JsonElement type, JsonElement root, ReadOnlyMemory<byte> line, out NoteFault? fault)
    {
        fault = null;
        return (type.ValueKind == JsonValueKind.String ? type.GetString() : null) switch
        {
            "QuestionnaireResponse" => new ImportDocument(DocumentForm.QuestionnaireResponse, line, Media.FhirJson, LaneOf(root, "subject")),
            "DocumentReference" => new ImportDocument(DocumentForm.AfterVisitSummary, line, Media.FhirJson, LaneOf(root, "subject")),
            "Bundle" => new ImportDocument(DocumentForm.AfterVisitSummary, line, Media.FhirJson, ""),
            _ => Not("/resourceType", "not-a-form", "is no resource that is taken here: QuestionnaireResponse, DocumentReference or a document Bundle", out fault),
        };
    }

    private static ImportDocument? Enveloped(JsonElement root, out NoteFault? fault)
    {
        fault = null;
        if (Text(root, "contentType") is not { Length: > 0 } contentType)
            return Not("/contentType", "string-expected", "must be a media type", out fault);
        if (!MediaTypeHeaderValue.TryParse(contentType, out _))
            return Not("/contentType", "media-type", "must be a media type", out fault);
        if (WrongMember(root) is { } wrong)
            return Not(wrong.Pointer, wrong.Code, wrong.Detail, out fault);
        ReadOnlyMemory<byte> body;
        if (Text(root, "text") is { } text)
            (body, contentType) = (Encoding.UTF8.GetBytes(text), contentType.Split(';')[0].Trim() + "; charset=utf-8");
        else if (root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.String && data.TryGetBytesFromBase64(out var bytes))
            body = bytes;
        else
            return Not("/data", "required", "give the document as text, or as data in base64", out fault);

        var patient = Text(root, "patient");
        return new ImportDocument(FormOf(contentType, body), body, contentType, patient ?? "") { Patient = patient, Encounter = Text(root, "encounter"), DocumentId = Text(root, "documentId") };
    }

    // What is said of the document beside it is never passed over: it says whose it is.
    private static NoteFault? WrongMember(JsonElement root)
    {
        HashSet<string> seen = [];
        foreach (var (name, value) in root.EnumerateObject().Select(member => (member.Name, member.Value)))
        {
            var pointer = $"/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            if (!OfEnvelopes.Contains(name))
                return new NoteFault(pointer, "unknown-member", "is not a member that is known here");
            if (!seen.Add(name))
                return new NoteFault(pointer, "duplicate-member", "stands here twice");
            if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                return new NoteFault(pointer, "string-expected", "must be a text");
            // It may have to travel in headers: one line that cannot must not end the import of the others.
            if (BesideIt.Contains(name) && value.GetString() is { } beside && beside.AsSpan().ContainsAnyExceptInRange(' ', '~'))
                return new NoteFault(pointer, "bad-reference", "has characters that do not belong there");
        }
        return Text(root, "text") is not null && Text(root, "data") is not null ? new NoteFault("/data", "exclusive", "give the document as text or as data, not both") : null;
    }

    private static string LaneOf(JsonElement root, string member) =>
        root.TryGetProperty(member, out var person) && person.ValueKind == JsonValueKind.Object
            ? Text(person, "reference") ?? (person.TryGetProperty("identifier", out var identifier) ? identifier.GetRawText() : "")
            : "";

    private static string? Text(JsonElement element, string member) => element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ImportDocument? Not(string pointer, string code, string detail, out NoteFault? fault)
    {
        fault = new NoteFault(pointer, code, detail);
        return null;
    }
}
