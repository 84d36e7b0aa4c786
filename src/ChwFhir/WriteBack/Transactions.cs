using System.Globalization;
using System.Text.RegularExpressions;
using ChwFhir.Fhir.Model;
using ChwFhir.Planning;

namespace ChwFhir.WriteBack;

/// <summary>A group of steps as one transaction Bundle, and back from a refusal to the step that it was for.</summary>
internal static partial class Transactions
{
    /// <param name="bodies">Those of the group's steps, as they go out.</param>
    public static Bundle Of(WriteGroup group, IReadOnlyList<Resource> bodies)
    {
        var bundle = new Bundle { Type = Bundle.BundleType.Transaction };
        foreach (var (step, body) in group.Steps.Zip(bodies))
            bundle.Entry.Add(new Bundle.EntryComponent
            {
                FullUrl = step.FullUrl,
                Resource = body,
                Request = step.Will == PlanVerb.Update
                    ? new Bundle.RequestComponent { Method = Bundle.HTTPVerb.PUT, Url = step.Reference, IfMatch = $"W/\"{step.Version}\"" }
                    : new Bundle.RequestComponent { Method = Bundle.HTTPVerb.POST, Url = step.Type, IfNoneExist = step.IfNoneExist },
            });
        return bundle;
    }

    /// <summary>The step that an OperationOutcome names by its place in the Bundle; null when it names none, or several.</summary>
    public static PlanStep? Named(OperationOutcome? outcome, WriteGroup group)
    {
        var places = (outcome?.Issue ?? [])
            .SelectMany(issue => issue.Expression.Concat(issue.Location).Append(issue.Diagnostics))
            .Select(text => Entry().Match(text ?? ""))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .Distinct().ToList();
        return places is [var only] && only < group.Steps.Count ? group.Steps[only] : null;
    }

    [GeneratedRegex(@"\bentry\[(\d{1,4})\]")]
    private static partial Regex Entry();
}
