using ChwFhir.Audit;
using ChwFhir.CareTeam;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Plan;

/// <summary>Needs and plan of a patient; what clinicians and social workers say of a need.</summary>
internal static class PlanRoutes
{
    public static void MapPlan(this RouteGroupBuilder patient)
    {
        patient.MapGet("/plan", (HttpContext context, PlanReader plans, MappingOptions mapping, Screens screens, CancellationToken cancellationToken) => ShowAsync(context, null, plans, mapping, screens, cancellationToken)).Audited("plan");
        patient.MapPart(PlanPage.Chart, PartAsync);
        patient.MapPost("/plan/concern", SayAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ConcernAnswer? said, PlanReader plans, MappingOptions mapping, Screens screens, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        var chart = plans.InChartAsync(here);
        return await screens.ShowAsync<PlanPage>(
            here, said is null or ConcernAnswer.Kept ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(PlanPage.Told), await plans.ReadAsync(here, said, cancellationToken)), (nameof(PlanPage.InChart), chart), (nameof(PlanPage.Ours), mapping.IdentifierSystem));
    }

    private static async Task<IResult> PartAsync(HttpContext context, PlanReader plans, MappingOptions mapping, Screens screens, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        var chart = plans.InChartAsync(here);
        return await screens.ShowAsync<PlanChartPart>(here, (nameof(PlanChartPart.Told), await plans.ReadAsync(here, null, cancellationToken)), (nameof(PlanChartPart.Of), chart), (nameof(PlanChartPart.Ours), mapping.IdentifierSystem));
    }

    private static async Task<IResult> SayAsync(HttpContext context, PlanReader plans, ConcernDesk concerns, MappingOptions mapping, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (concern, word) = (form["concern"].ToString(), form["word"].ToString());
        // Only of what this reader may read: a concern that is held back from them has no name here.
        if ((await plans.ReadAsync(here, null, cancellationToken)).Needs.FirstOrDefault(need => need.Key == concern) is not { } need)
            return await screens.NoSuchAsync(context);

        ConcernAnswer answer;
        try
        {
            // A page that stood open may not know yet that it is over.
            answer = !need.IsOpen && word != ConcernDesk.GivenBack ? ConcernAnswer.Over : await concerns.SayAsync(here.Caller, here.Reference, concern, word, form["reason"], cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return await screens.SayAsync(context, StatusCodes.Status503ServiceUnavailable, "trouble", ["need.busy"]);
        }
        await auditing.SaidAsync(context, here, "concern", word, answer == ConcernAnswer.Kept, cancellationToken);
        return answer == ConcernAnswer.Kept ? Results.Redirect(here.Path("plan") + "#needs") : await ShowAsync(context, answer, plans, mapping, screens, cancellationToken);
    }
}
