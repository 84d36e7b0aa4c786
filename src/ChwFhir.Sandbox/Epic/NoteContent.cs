using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Smart;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Epic;

/// <summary>
/// A note's text is never read back as it was posted: its attachments lead to two Binaries, one HTML, one RTF, made anew from it.
/// Their ids are made of the note's, so that nothing more has to be kept.
/// </summary>
internal static class NoteContent
{
    private const string Html = "text/html";
    private const string Rtf = "text/rtf";

    /// <summary>Exchanges each attachment with inline text for the two that lead to it.</summary>
    public static void PointToBinaries(JsonObject note, string id)
    {
        if (note["content"] is not JsonArray content)
            return;
        var shown = new JsonArray();
        for (var i = 0; i < content.Count; i++)
            if (content[i] is JsonObject { } one && IsText(one["attachment"]))
            {
                shown.Add(Pointer(Html, $"e{i}{id}.3"));
                shown.Add(Pointer(Rtf, $"f{i}{id}.4"));
            }
            else
                shown.Add(content[i]?.DeepClone());
        note["content"] = shown;
    }

    public static FhirAnswer Read(Session session, string binary, bool asFhir, Reach reach)
    {
        if (binary is not ([('e' or 'f') and var kind, (>= '0' and <= '9') and var place, .. var id, '.', '3' or '4'])
            || session.Find("DocumentReference", id) is not { Deleted: false, Held: false } note)
            throw Numbers.Refused(404, "59144");
        reach.Require(session, note.Type, note.Id);
        ChartState.Refuse(session, note);
        if (Json.Stored(note.Json)["content"].Array() is not { } content || place - '0' >= content.Count || content[place - '0']?["attachment"] is not { } attachment || !IsText(attachment))
            throw Numbers.Refused(404, "59144");
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(attachment["data"].String()!));
        var (type, made) = kind == 'e' ? (Html, NoteMarkup.Html(text)) : (Rtf, NoteMarkup.Rtf(text));
        if (!asFhir)
            return new(200, made) { ContentType = type };
        return new(200, new JsonObject { ["resourceType"] = "Binary", ["id"] = binary, ["contentType"] = type, ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(made)) }.Text());
    }

    private static bool IsText(JsonNode? attachment) =>
        attachment?["contentType"].String()?.StartsWith("text/plain", StringComparison.Ordinal) == true && attachment["data"].String() is not null;

    private static JsonObject Pointer(string type, string id) => new()
    {
        ["attachment"] = new JsonObject { ["contentType"] = type, ["url"] = $"Binary/{id}" },
        ["format"] = new JsonObject
        {
            ["system"] = "http://ihe.net/fhir/ValueSet/IHE.FormatCode.codesystem",
            ["code"] = "urn:ihe:iti:xds:2017:mimeTypeSufficient",
            ["display"] = "mimeType Sufficient"
        }
    };
}
