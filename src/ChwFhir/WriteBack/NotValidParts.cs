using ChwFhir.Intake;
using ChwFhir.Planning;

namespace ChwFhir.WriteBack;

/// <summary>What was withheld because it is not valid: no other try ends otherwise until a later version of the service makes it right, so a person may close it.</summary>
public static class NotValidParts
{
    internal const string Code = "not-valid";

    /// <summary>Whether the note's status says it of this part; under the document's key, also of the whole.</summary>
    public static bool Are(IEnumerable<NoteIssue> issues, string key) =>
        issues.Any(issue => issue is { Severity: "error", Code: Code } && (issue.Detail.StartsWith(Of(key), StringComparison.Ordinal) || (key == Planner.DocumentKey && issue.Detail.StartsWith(Of(null), StringComparison.Ordinal))));

    internal static string Of(string? key) => $"{key ?? "the note"} is not valid and is not sent as itself: ";

    internal static string KeyOf(NotValid fault) => fault.Key ?? Planner.DocumentKey;
}
