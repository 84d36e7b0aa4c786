using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChwFhir.Intake;

namespace ChwFhir.Api.Fhir;

/// <summary>The DocumentReference around a visit note. What it says must be what the note says: a cover of one patient around the note of another is somebody's mistake.</summary>
internal static class NoteCover
{
    /// <param name="cover">What was sent.</param>
    /// <param name="note">The note inside, in the JSON of this service.</param>
    public static IReadOnlyList<NoteFault> Faults(JsonObject cover, JsonObject note)
    {
        List<NoteFault> faults = [.. NotCarried(cover)];
        if (cover["subject"] is { } subject && !IsSame(subject as JsonObject, note["patient"] as JsonObject))
            faults.Add(new NoteFault("/subject", "other-patient", "It is not the patient of the note inside. Both must say it alike: by the same reference, or by the same identifier."));
        return faults;
    }

    /// <summary>What it says and a visit note has no place for: refused, so that nothing of it is lost without a word.</summary>
    public static IEnumerable<NoteFault> NotCarried(JsonObject cover)
    {
        if (ElementPath.Text(cover["status"]) is { } status && status != "current")
            yield return new NoteFault("/status", "not-current", "A visit note is handed in as current; one that is here already is taken back by its retraction.");
        if (ElementPath.Text(cover["docStatus"]) is { } docStatus && docStatus is not ("final" or "amended"))
            yield return new NoteFault("/docStatus", "not-final", "A visit note is handed in when it is final.");
        if (cover.ContainsKey("relatesTo"))
            yield return new NoteFault("/relatesTo", "not-carried", "A note that is here is amended by PUT /api/v1/visit-notes/{id}, and taken back by its retraction.");
        foreach (var (label, place) in ((string, string)[])[("securityLabel", "/securityLabel"), ("meta.security", "/meta/security")])
        {
            if (ElementPath.Values(cover, label).Any())
                yield return new NoteFault(place, "not-carried", "What is to be held back is said part by part in a note of this service (application/json, hold).");
        }
        // Whoever does not understand these must not go on as if they were not there.
        foreach (var member in ((string[])["modifierExtension", "implicitRules", "contained"]).Where(cover.ContainsKey))
            yield return new NoteFault($"/{member}", "not-carried", "A visit note has no place for it.");
        foreach (var member in ((string[])["event", "related"]).Where(member => ElementPath.Values(cover, $"context.{member}").Any()))
            yield return new NoteFault($"/context/{member}", "not-carried", "A visit note has no place for it.");
        if (ElementPath.Values(cover, "context.encounter").Skip(1).Any())
            yield return new NoteFault("/context/encounter", "not-carried", "A visit is of one encounter.");
        if (ElementPath.Values(cover, "content").Skip(1).Any() || ElementPath.Values(cover, "content.attachment").Skip(1).Any())
            yield return new NoteFault("/content", "other-form", "A visit note is given once: what a second attachment says would be lost.");
        foreach (var fault in Altered(cover))
            yield return fault;
    }

    // Who says beside a document how long it is, or its hash, wants to hear when it did not come as it went.
    private static IEnumerable<NoteFault> Altered(JsonObject cover)
    {
        const string place = "/content/0/attachment";
        if (ElementPath.Values(cover, "content.attachment").FirstOrDefault() is not JsonObject attachment || Said(attachment, "data") is not { } data || !TryDecode(data, out var bytes))
            yield break;
        if (attachment["size"] is { } size && size.ToJsonString() != bytes.Length.ToString(CultureInfo.InvariantCulture))
            yield return new NoteFault($"{place}/size", "altered", "It is not the number of bytes of data.");
        if (attachment["hash"] is { } hash && !(ElementPath.Text(hash) is { } text && TryDecode(text, out var said) && said.AsSpan().SequenceEqual(SHA1.HashData(bytes))))
            yield return new NoteFault($"{place}/hash", "altered", "It is not the SHA-1 of data, in Base64.");
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        var isBase64 = Convert.TryFromBase64String(text, bytes, out var length);
        bytes = bytes[..length];
        return isBase64;
    }

    private static bool IsSame(JsonObject? subject, JsonObject? patient) => (Said(subject, "reference"), Said(patient, "reference")) switch
    {
        ({ } one, { } other) => one == other,
        _ => subject?["identifier"] is JsonObject one && patient?["identifier"] is JsonObject other && Said(one, "value") is { } value && (Said(one, "system"), value) == (Said(other, "system"), Said(other, "value")),
    };

    private static string? Said(JsonObject? from, string member) => ElementPath.Text(from?[member]);
}
