using ChwFhir.Ehr;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>Messages that came by themselves, on their way to the chart: as a Communication where the EHR takes it, else as a document of their own.</summary>
internal static class MessageNotes
{
    /// <summary>Kind of their rows.</summary>
    public const string Kind = "message";

    private const string Communication = "Communication";

    public static bool NeedsDocument(StoredNote stored, EhrCapabilities capabilities) =>
        !capabilities.Takes(Communication, Interactions.Create)
        || stored.Resources.Any(row => row is { Type: Communication, State: ResourceState.Kept or ResourceState.Folded or ResourceState.Refused } or { Key: Planner.DocumentKey });

    /// <summary>Neither the message nor a document of it goes out or is there.</summary>
    public static bool IsNowhere(WritePlan plan) => plan.Steps.Any(step => step is { Type: Communication, Done: false, Will: PlanVerb.Fold or PlanVerb.Keep });
}
