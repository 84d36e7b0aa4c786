using System.Globalization;
using ChwFhir.Intake;
using ChwFhir.Planning;

namespace ChwFhir.WriteBack;

/// <summary>For whoever may know that something is held back, and not what: it is counted, not named. Pure.</summary>
internal static class HeldNames
{
    private const string Type = "Resource";

    private static readonly string[] AboutHeld = ["held-before", "red-flag", "red-flag-known", "possible-red-flag"];

    public static NoteStatus Without(NoteStatus status)
    {
        var count = 0;
        return status with
        {
            Resources = [.. status.Resources.Select(row => row.How == KeepWithService.Held ? row with { Key = Name(++count), Type = Type } : row)],
            Issues = [.. status.Issues.Select(Without)],
        };
    }

    public static PlanView Without(PlanView plan)
    {
        var count = 0;
        return plan with { Steps = [.. plan.Steps.Select(step => step.Why == KeepWithService.Held ? step with { Key = Name(++count), Type = Type } : step)], Issues = [.. plan.Issues.Select(Without)] };
    }

    // Where it stands says what it is.
    private static NoteIssue Without(NoteIssue issue) => AboutHeld.Contains(issue.Code) && issue.Detail.Contains("held", StringComparison.Ordinal) ? issue with { Pointer = null } : issue;

    private static string Name(int count) => string.Create(CultureInfo.InvariantCulture, $"held/{count}");
}
