using ChwFhir.Access;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Chart;
using ChwFhir.Fhir;

namespace ChwFhir.Api.Patients;

/// <summary>What is known of one patient: before a visit, over time, and all that is held here.</summary>
internal static class ChartRoutes
{
    public static void MapCharts(this IEndpointRouteBuilder api)
    {
        var patient = api.MapGroup("/patients/{id}").WithTags("Patients");

        patient.MapGet("/overview", OverviewAsync)
            .Gives(Media.Json)
            .For(May.ReadAll).TakesBreakGlass().WithName("overview")
            .WithSummary("Know the patient before the visit")
            .WithDescription("Who they are and how they like to be called, language, caregivers, care team, why they are in the programme, problems and medicines in plain words beside the chart's own, allergies, appointments, stays in hospital, summaries, advance directives, referrals, what to ask, what to know of the home, and what changed since the caller's last visit. The EHR is asked for all at once, and each part is written when it is there. What could not be read is named in `unavailable` and fails nothing else. A patient outside the caller's panel is a 404.")
            .Produces<Overview>()
            .ProducesProblems(400, 404, 406, 429, 503);

        patient.MapGet("/timeline", TimelineAsync)
            .Gives(Media.Json)
            .For(May.ReadAll).TakesBreakGlass().WithName("timeline")
            .WithSummary("What happened, newest first")
            .WithDescription("Visits, summaries, screenings, messages with their answers, and what became of goals and plans, here and by clinicians in the chart. `next` is the cursor of the following page, null on the last.")
            .Produces<TimelinePage>()
            .ProducesProblems(400, 404, 406, 429, 503);

        patient.MapGet("/record", RecordAsync)
            .For(May.ReadAll).TakesBreakGlass().WithName("record")
            .WithSummary("Everything that is held here of a patient")
            .WithDescription("A Bundle (`collection`) of what every note, summary and screening became, and of the messages as Communications; of what lives across visits the last word. Held parts, and notes that were taken back, are not in it.")
            .Produces<object>(StatusCodes.Status200OK, Media.FhirJson)
            .ProducesProblems(400, 404, 406, 429, 503);
    }

    private static async Task<IResult> OverviewAsync(string id, HttpContext context, PatientAccess access, Overviews overviews, ServiceEyes eyes, CancellationToken cancellationToken)
    {
        if (await ChartDoor.RefusalAsync(id, context, access, cancellationToken) is { } refusal)
            return refusal;
        var reading = overviews.Begin(eyes.Of(ChartDoor.CallerOf(context)), $"Patient/{id}");
        return await reading.IsNobodyAsync().WaitAsync(cancellationToken) ? ChartDoor.NoSuch() : new OverviewResult(reading);
    }

    private static async Task<IResult> TimelineAsync(string id, HttpContext context, PatientAccess access, Timelines timelines, ServiceEyes eyes, string? limit, string? cursor, CancellationToken cancellationToken)
    {
        if (TimelineQuery.Read(context.Request.Query, out var fault) is not { } query)
            return Problems.BadRequest("bad-parameter", fault);
        return await ChartDoor.RefusalAsync(id, context, access, cancellationToken) ?? TypedResults.Ok(await timelines.ReadAsync(eyes.Of(ChartDoor.CallerOf(context)), $"Patient/{id}", query.Limit, query.Cursor, cancellationToken));
    }

    private static async Task<IResult> RecordAsync(string id, HttpContext context, PatientAccess access, Records records, CancellationToken cancellationToken)
    {
        if (Media.Form(context.Request, Media.FhirJson, Media.Json) is null)
            return TypedResults.Problem(Problems.Plain(StatusCodes.Status406NotAcceptable));
        return await ChartDoor.RefusalAsync(id, context, access, cancellationToken) ?? TypedResults.Bytes(FhirJson.ToBytes(await records.ReadAsync(ChartDoor.CallerOf(context), $"Patient/{id}", cancellationToken)), Media.FhirJson);
    }
}
