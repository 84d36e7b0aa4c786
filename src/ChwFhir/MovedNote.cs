using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;

namespace ChwFhir;

/// <summary>
/// A note of the wrong patient as one of the right patient: the same words under an id that follows from the first, so that asking twice moves it once.
/// References into the wrong patient's chart (encounter, people of that patient's life) are left behind.
/// </summary>
internal static class MovedNote
{
    private const string Suffix = ".moved";
    private const int LongestId = 64;

    public static byte[] Of(ReadOnlyMemory<byte> input, string id, JsonObject rightPatient)
    {
        var note = JsonNode.Parse(StrictJson.WithoutMark(input.Span))!.AsObject();
        note["id"] = IdOf(id);
        note["patient"] = rightPatient.DeepClone();
        if (note["visit"] is JsonObject visit)
        {
            visit.Remove("encounter");
            foreach (var participant in visit["participants"] as JsonArray ?? [])
                if ((string?)participant?["reference"] is { } reference && reference.Contains("RelatedPerson/", StringComparison.Ordinal))
                    participant!.AsObject().Remove("reference");
        }
        return Encoding.UTF8.GetBytes(note.ToJsonString());
    }

    /// <summary>What is wrong with the right patient is said of that, not of the note.</summary>
    public static IReadOnlyList<NoteFault> Faults(IEnumerable<NoteFault> faults) =>
        [.. faults.Select(fault => fault with { Pointer = PointerOf(fault.Pointer) })];

    // The form may have its patient in a member or in a header of the call.
    private static string PointerOf(string pointer)
    {
        foreach (var member in (ReadOnlySpan<string>)["/patient", "/subject"])
        {
            if (pointer.StartsWith(member, StringComparison.Ordinal))
                return $"/rightPatient{pointer[member.Length..]}";
        }

        return pointer == SummaryHeaders.PatientHeader ? "/rightPatient/reference" : pointer;
    }

    /// <summary>The members that the form has no place for.</summary>
    public static IEnumerable<NoteFault> NotCarried(JsonObject rightPatient, params string[] members) =>
        from member in members where rightPatient.ContainsKey(member) select new NoteFault($"/rightPatient/{member}", "not-carried", $"A document of this form has no place for {member}: it would not be compared with the chart. Leave it out, having compared it yourself.");

    /// <summary>The id under which it is received anew.</summary>
    public static string IdOf(string id) => id.Length + Suffix.Length <= LongestId ? id + Suffix
        : string.Concat(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))).AsSpan(0, LongestId - Suffix.Length), Suffix);
}
