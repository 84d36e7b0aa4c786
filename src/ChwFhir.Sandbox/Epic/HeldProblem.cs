using System.Text.Json.Nodes;

namespace ChwFhir.Sandbox.Epic;

/// <summary>A problem goes into a tank until a clinician reconciles it: neither read nor found before. It must call itself provisional.</summary>
internal static class HeldProblem
{
    private const int LongestNote = 450;

    public static JsonObject Read(JsonObject body)
    {
        if (!body.At("verificationStatus.coding").Any(coding => coding["code"].String() == "provisional"))
            throw Numbers.UnsupportedModifier("verificationstatus");
        if (body["subject"]?["reference"].String() is null)
            throw Numbers.RequiredMissing("subject is required.", "subject");
        var codings = body.At("code.coding").ToList();
        if (codings.Count == 0 || codings.Any(coding => coding["code"].String() is null))
            throw Numbers.RequiredMissing("A problem needs a coding.", "code");
        if (body["code"]?["text"].String() is null && codings.All(coding => coding["display"].String() is null))
            throw Numbers.RequiredMissing("A problem needs a name.", "code/text");
        if (body.At("note").Count() > 1 || body.At("note.text").Any(text => text.String()?.Length > LongestNote))
            throw Numbers.RequiredInvalid($"One note of at most {LongestNote} characters.", "note");
        var kept = body.DeepClone().AsObject();
        kept.Remove("identifier");
        return kept;
    }
}
