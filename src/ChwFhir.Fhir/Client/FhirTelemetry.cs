using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ChwFhir.Fhir.Client;

/// <summary>Counts, durations and traces of the requests to an EHR: types and statuses, never an id.</summary>
public static class FhirTelemetry
{
    public const string Name = "ChwFhir.Ehr";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("chwfhir.ehr.requests", "{request}", "Requests sent to the EHR.");
    private static readonly Counter<long> Repeats = Meter.CreateCounter<long>("chwfhir.ehr.retries", "{request}", "Requests sent to the EHR again, because the one before surely did nothing or may be done twice.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("chwfhir.ehr.request.duration", "s", "Time from sending a request to the EHR to the end of its answer.");

    internal static Activity? Start(FhirRequest request, int attempt)
    {
        var activity = Source.StartActivity($"{request.Method} {request.Route}", ActivityKind.Client);
        activity?.SetTag("http.request.method", request.Method.Method);
        activity?.SetTag("url.template", request.Route);
        activity?.SetTag("http.request.resend_count", attempt - 1);
        if (attempt > 1)
        {
            Repeats.Add(1, new TagList { { "method", request.Method.Method }, { "type", request.Type ?? "system" }, { "interaction", request.Interaction } });
        }

        return activity;
    }

    internal static void Record(FhirRequest request, FhirAnswer answer, TimeSpan took, Activity? activity)
    {
        var tags = new TagList
        {
            { "method", request.Method.Method },
            { "type", request.Type ?? "system" },
            { "interaction", request.Interaction },
            { "answer", Word(answer) },
        };
        Requests.Add(1, tags);
        Duration.Record(took.TotalSeconds, tags);
        activity?.SetTag("answer", Word(answer));
        if (answer is FhirAnswer.Failed or FhirAnswer.Lost or FhirAnswer.NotSent)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static string Word(FhirAnswer answer) => answer switch
    {
        FhirAnswer.Done done => Class(done.Status),
        FhirAnswer.Refused refused => Class(refused.Status),
        FhirAnswer.Busy busy => Class(busy.Status),
        FhirAnswer.Failed failed => Class(failed.Status),
        FhirAnswer.NotSent => "not-sent",
        FhirAnswer.Lost => "lost",
        _ => "none",
    };

    private static string Class(int status) => status switch
    {
        < 300 => "2xx",
        < 400 => "3xx",
        < 500 => "4xx",
        _ => "5xx",
    };
}
