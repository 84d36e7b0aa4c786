using ChwFhir.Fhir;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>What the chart has of concerns, goals, plans and referrals, whoever wrote it.</summary>
/// <param name="Missing">What of it could not be read.</param>
public sealed record ChartPlan(IReadOnlyList<Condition> Concerns, IReadOnlyList<Goal> Goals, IReadOnlyList<CarePlan> Plans, IReadOnlyList<ServiceRequest> Requests, IReadOnlyList<FhirTask> Tasks, IReadOnlyList<UnreadPiece> Missing)
{
    public static async Task<ChartPlan> ReadAsync(ChartReading chart)
    {
        var (conditions, goals, plans, requests, tasks) = (chart.SearchAsync<Condition>(ChartQuestions.Conditions), chart.SearchAsync<Goal>(ChartQuestions.Goals), chart.SearchAsync<CarePlan>(ChartQuestions.Plans),
            chart.SearchAsync<ServiceRequest>(ChartQuestions.ServiceRequests), chart.SearchAsync<FhirTask>(ChartQuestions.Tasks));
        var (concerns, wanted, planned, asked, followed) = (await conditions, await goals, await plans, await requests, await tasks);
        return new ChartPlan(
            [.. concerns.Items.Where(one => one.Category.Any(category => category.Coding.Any(coding => coding.Code == "health-concern")) && !Is(one.VerificationStatus, "entered-in-error"))],
            [.. wanted.Items.Where(one => one.LifecycleStatus is not Goal.GoalLifecycleStatus.EnteredInError)], [.. planned.Items.Where(one => one.Status is not RequestStatus.EnteredInError)], asked.Items,
            [.. followed.Items.Where(one => one.Status is not FhirTask.TaskStatus.EnteredInError)], [.. concerns.Missing.Concat(wanted.Missing).Concat(planned.Missing).Concat(asked.Missing).Concat(followed.Missing).Distinct()]);
    }

    /// <summary>What the chart says of a concern of ours: its verification status; null where the chart has no such Condition.</summary>
    public string? VerificationOf(NeedStory need) => need.Reference is { } reference ? Concerns.Where(one => $"Condition/{one.Id}" == reference).Select(one => Said.Code(one.VerificationStatus)).FirstOrDefault(code => code is not null) : null;

    /// <summary>The chart has it, and says that it is over.</summary>
    public bool IsOver(NeedStory need) => need.Reference is { } reference && Concerns.Any(one => $"Condition/{one.Id}" == reference && (Is(one.ClinicalStatus, "resolved") || Is(one.ClinicalStatus, "inactive")));

    /// <summary>Concerns that no visit here told.</summary>
    public IReadOnlyList<string> OtherConcerns(IReadOnlyList<NeedStory> needs)
    {
        var ours = needs.Select(need => need.Reference).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. Concerns.Where(one => !ours.Contains($"Condition/{one.Id}") && !Is(one.ClinicalStatus, "resolved") && !Is(one.ClinicalStatus, "inactive")).Select(one => Said.Text(one.Code)).OfType<string>().Distinct()];
    }

    /// <summary>Goals that no visit here told.</summary>
    public IReadOnlyList<Goal> OtherGoals(IReadOnlyList<GoalStory> goals)
    {
        var ours = goals.Select(goal => goal.Reference).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. Goals.Where(one => !ours.Contains($"Goal/{one.Id}") && Said.Text(one.Description) is not null)];
    }

    /// <summary>Plans that this service did not write.</summary>
    public IReadOnlyList<CarePlan> OtherPlans(string ours) => [.. Plans.Where(one => !one.Identifier.Any(identifier => identifier.System == ours))];

    /// <summary>Where the chart has a referral of ours: FHIR's task status, else the request's, and since when.</summary>
    public (string Status, string? Since)? StandingOf(ReferralStory referral)
    {
        if (referral.Reference is not { } reference)
            return null;
        var task = Tasks.Where(one => $"Task/{one.Id}" == referral.Task || one.BasedOn.Append(one.Focus).Any(based => FhirLocation.Parse(based?.Reference) is { Type: "ServiceRequest" } place && place.Reference == reference))
            .NewestFirst(one => one.LastModified ?? one.AuthoredOn).FirstOrDefault();
        if (task?.Status?.GetLiteral() is { } status)
            return (status, Said.Clean(task.LastModified) ?? Said.Stamp(task.Meta?.LastUpdated));
        return Requests.FirstOrDefault(one => $"ServiceRequest/{one.Id}" == reference) is { Status: { } asked } request ? (asked.GetLiteral(), Said.Stamp(request.Meta?.LastUpdated)) : null;
    }

    private static bool Is(CodeableConcept? concept, string code) => concept?.Coding.Any(coding => coding.Code == code) is true;
}
