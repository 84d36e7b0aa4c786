using System.Text.RegularExpressions;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Client;

/// <summary>What an OperationOutcome says, in codes.</summary>
public static partial class OutcomeReading
{
    // More data may exist; paging session expired; parts withheld for want of authority.
    private static readonly string[] MoreCodes = ["4119", "4113", "59204"];

    /// <summary>The codes of all issues' details, such as <c>4118</c>, in order.</summary>
    public static IEnumerable<string> Codes(this OperationOutcome outcome) =>
        outcome.Issue.SelectMany(issue => issue.Details?.Coding ?? []).Select(coding => coding.Code).OfType<string>();

    public static bool Has(this OperationOutcome outcome, string code) => outcome.Codes().Contains(code, StringComparer.Ordinal);

    /// <summary>
    /// Severity, code and element of each issue, for logs and the ledger. Diagnostics and texts are left out: servers repeat names and values in them,
    /// and what does not look like a code or a path is left out for the same reason.
    /// </summary>
    public static string Summary(this OperationOutcome outcome) => string.Join("; ", outcome.Issue.Take(10).Select(Summary));

    /// <summary>The server has more, or keeps something back.</summary>
    internal static bool SaysMore(OperationOutcome outcome) =>
        MoreCodes.Any(outcome.Has) || outcome.Issue.Any(issue => issue.Severity is OperationOutcome.IssueSeverity.Error or OperationOutcome.IssueSeverity.Fatal
            || issue.Code is OperationOutcome.IssueType.Incomplete or OperationOutcome.IssueType.Suppressed or OperationOutcome.IssueType.TooCostly or OperationOutcome.IssueType.Timeout or OperationOutcome.IssueType.Throttled);

    private static string Summary(OperationOutcome.IssueComponent issue)
    {
        var codes = (issue.Details?.Coding ?? []).Select(coding => coding.Code).Where(code => code is not null && CodePattern().IsMatch(code));
        var elements = issue.Expression.Concat(issue.Location).Where(path => path is not null && PathPattern().IsMatch(path)).Take(3);
        IEnumerable<string?> words = [issue.Severity?.GetLiteral(), issue.Code?.GetLiteral(), .. codes, .. elements];
        return string.Join(' ', words.Where(word => word is not null));
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,40}$")]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z/]*(\[[0-9x]{1,4}\])?([./][A-Za-z]+(\[[0-9x]{1,4}\])?){0,12}$")]
    private static partial Regex PathPattern();
}
