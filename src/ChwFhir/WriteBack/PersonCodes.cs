using System.Text.RegularExpressions;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;

namespace ChwFhir.WriteBack;

/// <summary>Codes by which EHRs say that a chart, or the user before it, is the matter: states with names, never tried again by themselves.</summary>
internal static partial class PersonCodes
{
    private const string Merged = "4107";

    private static readonly Dictionary<string, (string Word, string Detail)> Known = new()
    {
        ["4103"] = ("patient-deleted", "the EHR has deleted this chart"),
        [Merged] = ("patient-merged", "the EHR has merged this chart into another"),
        ["4118"] = ("not-authorised", "the EHR does not let the service's user into this chart"),
        ["4130"] = ("break-the-glass", "the EHR wants a person to give a reason before this chart is opened"),
        ["4131"] = ("patient-restricted", "the chart is restricted"),
    };

    public static (string Word, string Detail)? Of(OperationOutcome? outcome)
    {
        foreach (var code in outcome?.Codes() ?? [])
            if (Known.TryGetValue(code, out var state))
                return code == Merged && Survivor(outcome!) is { } survivor ? state with { Detail = $"{state.Detail}; it names {survivor}: a person has to confirm that this is the right one" } : state;
        return null;
    }

    // In words only, or as what the issue is about.
    private static string? Survivor(OperationOutcome outcome) => outcome.Issue
        .SelectMany(issue => issue.Expression.Concat(issue.Location).Append(issue.Diagnostics).Append(issue.Details?.Text))
        .Select(text => Chart().Match(text ?? "")).FirstOrDefault(match => match.Success)?.Value.TrimEnd('.');

    [GeneratedRegex(@"\bPatient/[A-Za-z0-9\-.]{1,64}")]
    private static partial Regex Chart();
}
