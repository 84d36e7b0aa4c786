using System.Globalization;
using ChwFhir.Access;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ChwFhir.Api.Patients;

/// <summary>The patients of the EHR.</summary>
internal static class PatientRoutes
{
    private const int LargestQuestion = 64 * 1024;
    private const int MostPages = 20;

    public static void MapPatients(this IEndpointRouteBuilder api) =>
        api.MapPost("/patients/search", SearchAsync)
            .TakesJson().Gives(Media.Json)
            .Accepts<PatientQuestion>(Media.Json)
            .WithTags("Patients")
            .For(May.FindPatients).OnlyReads().WithName("searchPatients")
            .WithSummary("Find a patient in the EHR")
            .WithDescription("By name, birth date or identifier; what is given must all match. Only patients whom the caller may see are found; `withheld` says that a CHW is not shown somebody whose chart is restricted. It is a POST, here and on to the EHR, so that no name, birth date or identifier stands in an address.")
            .Produces<FoundPatients>()
            .ProducesProblems(400, 406, 413, 415, 422, 503);

    private static async Task<Results<Ok<FoundPatients>, ProblemHttpResult>> SearchAsync(
        HttpContext context, PatientAccess access, Sensitivity sensitivity, EhrConnection ehr, IOptions<EhrOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var body = StrictJson.Parse(await JsonBody.ReadAsync(context.Request, LargestQuestion, cancellationToken), out var unreadable);
        if (body is null)
            return Problems.Unreadable(unreadable!);
        List<NoteFault> faults = [];
        var question = PatientQuestion.Read(body.RootElement, faults);
        if (faults.Count > 0)
            return Problems.Invalid(faults);

        var theirs = await access.PatientsAsync(context.Caller(), cancellationToken);
        if (!theirs.IsKnown)
            return Problems.PanelNotKnown(context.Response);
        // Who sees only some patients must not learn from the pages how many others there are.
        if (await AskAsync(ehr, question, theirs.IsAll ? 1 + question.Place / question.Limit : MostPages, options.Value.RequestTimeout, time, cancellationToken) is not { } found)
            return Problems.Busy(context.Response, "ehr-unavailable", "The EHR does not answer just now. Try again.", TimeSpan.FromSeconds(5));
        if (found.Trouble is { } trouble)
            return NoAnswer(context.Response, trouble);

        var end = question.Place + question.Limit;
        var their = found.Matches.OfType<Patient>().Where(patient => patient.Id is not null && theirs.Has($"Patient/{patient.Id}")).ToList();
        var seen = their.Where(patient => !sensitivity.IsWithheld(context.Caller(), patient)).ToList();
        var items = seen.Skip(question.Place).Take(question.Limit).Select(FoundPatient.Of).ToList();
        var more = items.Count > 0 && (seen.Count > end || (theirs.IsAll && !found.Complete));
        return TypedResults.Ok(new FoundPatients(items, more ? end.ToString(CultureInfo.InvariantCulture) : null, Withheld: seen.Count < their.Count));
    }

    // Somebody stands and waits: what takes longer than one request may is not tried again. Null when the time was up.
    private static async Task<FhirSearch?> AskAsync(EhrConnection ehr, PatientQuestion question, int pages, TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        try
        {
            return await ehr.Client.SearchByPostAsync("Patient", Parameters(question), pages, either.Token);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static List<KeyValuePair<string, string>> Parameters(PatientQuestion question)
    {
        List<KeyValuePair<string, string>> parameters = [];
        foreach (var word in question.Name?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
            parameters.Add(new("name", Plain(word)));
        if (question.BirthDate is { } date)
            parameters.Add(new("birthdate", date));
        if (question.Identifier is { } identifier)
            parameters.Add(new("identifier", string.Join('|', identifier.Split('|', 2).Select(Plain))));
        parameters.Add(new("_count", question.Limit.ToString(CultureInfo.InvariantCulture)));
        return parameters;
    }

    // Signs that mean something in a FHIR search (R4, 3.1.1.3) mean themselves here.
    private static string Plain(string text) => text.Replace(@"\", @"\\").Replace(",", @"\,").Replace("$", @"\$").Replace("|", @"\|");

    private static ProblemHttpResult NoAnswer(HttpResponse response, FhirAnswer trouble) => trouble switch
    {
        FhirAnswer.Refused => Problems.Of(StatusCodes.Status503ServiceUnavailable, "ehr-refused", "The EHR does not allow this search."),
        FhirAnswer.Busy { RetryAfter: { } wait } => Problems.Busy(response, "ehr-unavailable", "The EHR is busy. Try again.", wait),
        FhirAnswer.CircuitOpen(var wait) => Problems.Busy(response, "ehr-unavailable", "The EHR does not answer just now. Try again.", wait),
        _ => Problems.Busy(response, "ehr-unavailable", "The EHR does not answer just now. Try again.", TimeSpan.FromSeconds(5)),
    };
}
