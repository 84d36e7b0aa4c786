using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.WriteBack;

/// <summary>Which of the chart's own conditions a summary names: found by their codes, never made.</summary>
internal sealed class ChartConditions(EhrQuestions questions, EhrConnection ehr)
{
    /// <summary>References by <c>system|code</c>. What cannot be read is not matched: the summary's own words stand for it.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IReadOnlyList<SummaryDiagnosis> diagnoses, string patient, CancellationToken cancellationToken)
    {
        Dictionary<string, string> known = [];
        HashSet<string> wanted = [.. diagnoses.Where(one => one.Code is { System: not null, Code: not null }).Select(one => $"{one.Code!.System}|{one.Code.Code}")];
        if (wanted.Count == 0 || await ehr.CapabilitiesAsync(cancellationToken) is not { } capabilities || !capabilities.Takes("Condition", Interactions.Search))
            return known;

        var search = await questions.SearchAsync("Condition", [new("patient", patient)], cancellationToken);
        foreach (var condition in search.Matches.OfType<Condition>().Where(condition => condition.Id is not null && Subjects.MayBeOf(condition, patient)).OrderBy(condition => condition.Id, StringComparer.Ordinal))
            foreach (var coding in condition.Code?.Coding ?? [])
                if (wanted.Contains($"{coding.System}|{coding.Code}"))
                    known.TryAdd($"{coding.System}|{coding.Code}", $"Condition/{condition.Id}");
        return known;
    }
}
