using ChwFhir.Fhir;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>Referrals that are still open: of the chart, each with its task, and our own that the EHR has no place for.</summary>
internal static class ReferralReader
{
    private static readonly HashSet<string> Categories = ["3457005", "306206005", "sdoh", "409063005", "410606002"];
    private static readonly string[] OverStates = ["completed", "revoked", "entered-in-error", "cancelled", "rejected", "failed"];

    public static IReadOnlyList<ReferralFact> Read(IReadOnlyList<ServiceRequest> requests, IReadOnlyList<FhirTask> tasks, IReadOnlyList<LongLivedRow> own, string ours) =>
    [
        .. All(requests, tasks, own, ours).Where(one => one.Status is null || !OverStates.Contains(one.Status)).NewestFirst(one => one.Changed ?? one.Requested),
    ];

    /// <summary>Whatever became of them.</summary>
    public static IEnumerable<ReferralFact> All(IReadOnlyList<ServiceRequest> requests, IReadOnlyList<FhirTask> tasks, IReadOnlyList<LongLivedRow> own, string ours)
    {
        var inChart = requests.Select(one => $"ServiceRequest/{one.Id}").ToHashSet(StringComparer.Ordinal);
        var kept = from row in own
                   where row is { Type: "ServiceRequest", Withdrawn: false } && (row.Reference is null || !inChart.Contains(row.Reference))
                   let request = FhirJson.Read<ServiceRequest>(row.Body.Span).Resource
                   where request is not null
                   let task = own.FirstOrDefault(other => other.Type == "Task" && other.Key == row.Key + "/task")
                   select (Request: request, Task: task is null ? null : FhirJson.Read<FhirTask>(task.Body.Span).Resource);
        return requests.Where(one => IsReferral(one, ours)).Select(one => Of(one, TaskOf(one, tasks), IsOurs(one, ours)))
            .Concat(kept.Select(one => Of(one.Request, one.Task, true) with { Source = new FactSource(FactSource.VisitNote, null, Said.Clean(one.Request.AuthoredOn)) }))
            .Where(one => one.Service.Length > 0);
    }

    /// <summary>It stands in the chart as visits until then told it.</summary>
    public static bool IsAsTold(ReferralFact referral, IReadOnlyList<LongLivedRow> own, DateTimeOffset until)
    {
        if (own.FirstOrDefault(row => row.Type == "ServiceRequest" && row.Reference == referral.Source.Reference) is not { } request)
            return false;
        var told = own.FirstOrDefault(row => row.Type == "Task" && row.Key == request.Key + "/task") is { } task
            ? (Status: FhirJson.Read<FhirTask>(task.Body.Span).Resource?.Status?.GetLiteral(), task.VisitTime)
            : (Status: FhirJson.Read<ServiceRequest>(request.Body.Span).Resource?.Status?.GetLiteral(), request.VisitTime);
        return told.Status == referral.Status && told.VisitTime <= until;
    }

    private static ReferralFact Of(ServiceRequest request, FhirTask? task, bool isOurs)
    {
        var status = task?.Status?.GetLiteral() ?? request.Status?.GetLiteral();
        var to = request.Performer.Select(one => Said.Clean(one.Display)).FirstOrDefault(name => name is not null) ?? Said.Clean(task?.Owner?.Display) ?? Contained(request)?.Name ?? Said.Text(request.PerformerType);
        return new ReferralFact(
            Said.Text(request.Code) ?? request.Category.Select(Said.Text).FirstOrDefault(text => text is not null) ?? "", to, Contained(request) is { } house ? Said.Phones(house.Telecom) : [], status, request.Priority?.GetLiteral(),
            Said.Clean(request.AuthoredOn) ?? Said.Date(request.Occurrence), Said.Clean(task?.LastModified) ?? Said.Stamp(request.Meta?.LastUpdated),
            request.ReasonCode.Select(Said.Text).Concat(request.ReasonReference.Select(one => Said.Clean(one.Display))).FirstOrDefault(text => text is not null), isOurs, Said.Chart(request, Said.Clean(request.AuthoredOn)));
    }

    private static Organization? Contained(ServiceRequest request) => request.Contained.OfType<Organization>().FirstOrDefault();

    private static FhirTask? TaskOf(ServiceRequest request, IReadOnlyList<FhirTask> tasks) => tasks
        .Where(task => task.Status is not FhirTask.TaskStatus.EnteredInError && task.BasedOn.Append(task.Focus).Any(one => FhirLocation.Parse(one?.Reference) is { Type: "ServiceRequest", Id: var id } && id == request.Id))
        .NewestFirst(task => task.LastModified ?? task.AuthoredOn).FirstOrDefault();

    private static bool IsReferral(ServiceRequest request, string ours) => request.DoNotPerform is not true
        && (IsOurs(request, ours) || request.Category.Any(one => one.Coding.Any(coding => coding.Code is not null && Categories.Contains(coding.Code)) || Said.Text(one)?.Contains("referral", StringComparison.OrdinalIgnoreCase) is true)
            || Said.Text(request.Code)?.Contains("referral", StringComparison.OrdinalIgnoreCase) is true);

    private static bool IsOurs(ServiceRequest request, string ours) => request.Identifier.Any(identifier => identifier.System == ours);
}
