using System.Globalization;
using System.Text.Json.Nodes;

namespace ChwFhir.Planning;

/// <summary>A Task that more than one note speaks of, not always in the order in which they were written.</summary>
internal static class TheTask
{
    /// <summary>Nothing is changed before it is made (inv-1): Monday's visit may be written down on Friday, after Wednesday's.</summary>
    public static void Settle(JsonObject task)
    {
        if (Time(task, "lastModified") is { } changed && Time(task, "authoredOn") is { } made && changed < made)
            task["lastModified"] = task["authoredOn"]!.DeepClone();
    }

    private static DateTimeOffset? Time(JsonObject task, string name) =>
        DateTimeOffset.TryParse((string?)task[name], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
