using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Epic;

/// <summary>A problem goes into a tank until a clinician reconciles it: neither read nor found before, and the same one twice is there twice. It must call itself provisional.</summary>
internal static class HeldProblem
{
    private const int LongestNote = 450;

    public static JsonObject Read(JsonObject body, Session session, ServerAddress address)
    {
        if (body.At("category.coding").Any(coding => coding["code"].String() == "encounter-diagnosis"))
            throw Numbers.Refused(403, "59203", "Client not authorized for Condition - Encounter Diagnosis");
        if (!body.At("verificationStatus.coding").Any(coding => coding["code"].String() == "provisional"))
            throw Numbers.Refused(422, "59012", null, "verificationstatus");
        if (body.At("clinicalStatus.coding").Select(coding => coding["code"].String()).FirstOrDefault() is var clinical && !(clinical == "active" || (clinical == "resolved" && IsAbated(body))))
            throw clinical is null ? Numbers.RequiredMissing("clinicalStatus is required.", "clinicalStatus") : Numbers.RequiredInvalid("clinicalStatus is active, or resolved with its abatement.", "clinicalStatus");
        ChartReference.Patient(body, session, address);
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

    private static bool IsAbated(JsonObject body) => body.Any(member => member.Key.StartsWith("abatement", StringComparison.Ordinal));
}
