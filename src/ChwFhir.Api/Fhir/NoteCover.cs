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
        List<NoteFault> faults = [];
        if (Status(cover) is { } notCurrent)
            faults.Add(notCurrent);
        if (cover["subject"] is { } subject && !IsSame(subject as JsonObject, note["patient"] as JsonObject))
            faults.Add(new NoteFault("/subject", "other-patient", "It is not the patient of the note inside. Both must say it alike: by the same reference, or by the same identifier."));
        return faults;
    }

    /// <summary>Null, or what is wrong with its status.</summary>
    public static NoteFault? Status(JsonObject cover) => ElementPath.Text(cover["status"]) is { } status && status != "current"
        ? new NoteFault("/status", "not-current", "A visit note is handed in as current; one that is here already is taken back by its retraction.")
        : null;

    private static bool IsSame(JsonObject? subject, JsonObject? patient) => (Said(subject, "reference"), Said(patient, "reference")) switch
    {
        ({ } one, { } other) => one == other,
        _ => subject?["identifier"] is JsonObject one && patient?["identifier"] is JsonObject other && Said(one, "value") is { } value && (Said(one, "system"), value) == (Said(other, "system"), Said(other, "value")),
    };

    private static string? Said(JsonObject? from, string member) => ElementPath.Text(from?[member]);
}
