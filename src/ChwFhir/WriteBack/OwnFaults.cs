using System.Text.RegularExpressions;
using ChwFhir.Fhir;

namespace ChwFhir.WriteBack;

/// <summary>
/// What is wrong with an update and was not with the EHR's own version: charts of others have oddities, and none of them keeps a visit out of the chart. Pure.
/// </summary>
internal static partial class OwnFaults
{
    // The validator stops telling: nobody can say what was there.
    private const string More = "more";

    /// <param name="after">Of what would be sent.</param>
    /// <param name="before">Of what the EHR has.</param>
    public static IReadOnlyList<ValidationIssue> Of(ValidationResult after, ValidationResult before)
    {
        if (before.Errors.Any(error => error.Rule == More))
            return [];

        // What stands where it stood, first; of the rest, as many of a kind as there were, since what is put in or taken out moves what comes after it.
        var left = Without(after.Errors, before.Errors, error => error.Expression);
        return Without(left, Without(before.Errors, after.Errors, error => error.Expression), error => Index().Replace(error.Expression, ""));
    }

    private static List<ValidationIssue> Without(IEnumerable<ValidationIssue> faults, IEnumerable<ValidationIssue> others, Func<ValidationIssue, string> place)
    {
        var counts = others.CountBy(Name).ToDictionary();
        List<ValidationIssue> left = [];
        foreach (var fault in faults)
        {
            var name = Name(fault);
            if (counts.GetValueOrDefault(name) is var count and > 0)
                counts[name] = count - 1;
            else
                left.Add(fault);
        }
        return left;

        (string, string, string, string?) Name(ValidationIssue fault) => (place(fault), fault.Rule, fault.Text, fault.Profile);
    }

    [GeneratedRegex(@"\[\d+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Index();
}
