using ChwFhir.Access;
using ChwFhir.Intake;
using ChwFhir.SmartApp.MyChw;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.SignIn;
using ChwFhir.SmartApp.Speech;
using Microsoft.AspNetCore.Http.Features;

namespace ChwFhir.SmartApp.Patients;

/// <summary>The one place that says which patient a page is about and whether its session may see them.</summary>
internal sealed class PatientDoor(PatientAccess access, PersonReader people, StandingReader standing, Auditing auditing, Screens screens, PagesThere pages, TimeProvider clock)
{
    /// <summary>How long a page may take until it is shown with what there is.</summary>
    internal static readonly TimeSpan FirstPaint = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan WhoeverWaits = TimeSpan.FromSeconds(20);

    /// <returns>What is answered instead when they may not; null when <see cref="PatientHere"/> is among the request's features.</returns>
    public async Task<IResult?> OpenAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        var session = context.Features.GetRequiredFeature<OpenSession>();
        // One launch, one patient: of others this session does not even say that they are there.
        if (!FhirName.IsId(id) || (session.Body.Patient is { } launched && launched != $"Patient/{id}"))
            return await RefuseAsync(context, session, null, "not-found", StatusCodes.Status404NotFound, cancellationToken);

        var reference = $"Patient/{id}";
        var may = await access.MayReadAsync(session.Body.Caller, reference, cancellationToken);
        if (may != PatientAnswer.Yes)
            return session.Body.Patient is null && may != PatientAnswer.NotYetKnown
                ? await RefuseAsync(context, session, reference, "not-found", StatusCodes.Status404NotFound, cancellationToken)
                : await RefuseAsync(context, session, reference, $"access.{may}", StatusCodes.Status403Forbidden, cancellationToken);

        context.Features.Set(new PatientHere(session, id, Wording.For(context.Request), clock, () => people.ReadAsync(session, id, cancellationToken), () => standing.ReadAsync(session.Body, reference, cancellationToken))
        {
            SaidAround = !session.Body.NeedsBanner && Frames.IsFramed(context.Request),
            Pages = pages.OfPatient,
            // Whoever asks for it, by a link or by our module, waits for all parts.
            Patience = context.Request.Query.ContainsKey("wait") || context.GetEndpoint()?.Metadata.GetMetadata<IsPart>() is not null ? WhoeverWaits : FirstPaint,
        });
        return null;
    }

    private async Task<IResult> RefuseAsync(HttpContext context, OpenSession session, string? patient, string why, int status, CancellationToken cancellationToken)
    {
        var word = why.StartsWith("access.", StringComparison.Ordinal) && Enum.TryParse<PatientAnswer>(why["access.".Length..], out var answer) ? Words.Of(answer) : why;
        await auditing.ReadAsync(context, session.Body, patient, AuditedAs.Of(context), null, allowed: false, word, cancellationToken);
        return status == StatusCodes.Status404NotFound
            ? await screens.SayAsync(context, status, "not-found", ["not-found.lead", "refusal.unchanged"])
            : await screens.SayAsync(context, status, "trouble", [why, "refusal.unchanged"]);
    }
}
