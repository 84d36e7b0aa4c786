using System.Text.Json.Nodes;

namespace ChwFhir.Journeys;

/// <summary>Fresh notes for patients who live in the sandbox.</summary>
internal static class Some
{
    private static int count;

    /// <summary>A small valid note with an id of its own.</summary>
    public static JsonObject Note(string patient = "Patient/thomas-n", string? id = null, string narrative = "Talked at the kitchen table.") => new()
    {
        ["schemaVersion"] = 1,
        ["id"] = id ?? Id(),
        ["patient"] = new JsonObject { ["reference"] = patient },
        ["author"] = new JsonObject { ["reference"] = "Practitioner/chw-1", ["name"] = "Dolores Whitfield" },
        ["visit"] = new JsonObject { ["kind"] = "home", ["status"] = "completed", ["start"] = "2026-11-03T14:05:00-05:00", ["end"] = "2026-11-03T15:10:00-05:00" },
        ["narrative"] = narrative,
    };

    public static string Id() => $"some-{Environment.ProcessId}-{Interlocked.Increment(ref count)}";
}
