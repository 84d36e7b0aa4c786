using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir;

/// <summary>All that was found in one go, in the order in which it stands in the resource.</summary>
/// <param name="NotChecked">What could not be looked at here: value sets that cannot be counted out, profiles and modifier extensions that are not known, types without a model.</param>
public sealed record ValidationResult(IReadOnlyList<ValidationIssue> Issues, IReadOnlyList<string> NotChecked)
{
    /// <summary>The one issue of an outcome where there is none.</summary>
    public const string NothingWrong = "nothing to object to";

    /// <summary>Nothing found, nothing left out.</summary>
    public static readonly ValidationResult Faultless = new([], []);

    public bool IsValid => !Errors.Any();

    public IEnumerable<ValidationIssue> Errors => Issues.Where(issue => issue.Severity is OperationOutcome.IssueSeverity.Error or OperationOutcome.IssueSeverity.Fatal);

    /// <summary>As FHIR callers want it: an issue each, what was not checked as information, and one that says so when there is nothing to say.</summary>
    public OperationOutcome ToOperationOutcome()
    {
        var outcome = new OperationOutcome();
        foreach (var issue in Issues)
        {
            outcome.Issue.Add(new OperationOutcome.IssueComponent
            {
                Severity = issue.Severity,
                Code = issue.Code,
                Details = new CodeableConcept { Text = $"{issue.Rule}: {issue.Text}" },
                Diagnostics = issue.Profile,
                Expression = [issue.Expression],
            });
        }

        foreach (var left in NotChecked)
            outcome.Issue.Add(Information("not checked: " + left));
        if (outcome.Issue.Count == 0)
            outcome.Issue.Add(Information(NothingWrong));

        return outcome;
    }

    private static OperationOutcome.IssueComponent Information(string text) => new()
    {
        Severity = OperationOutcome.IssueSeverity.Information,
        Code = OperationOutcome.IssueType.Informational,
        Details = new CodeableConcept { Text = text },
    };
}
