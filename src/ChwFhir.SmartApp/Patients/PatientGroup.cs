using ChwFhir.SmartApp.SignIn;
using Microsoft.AspNetCore.Http.Features;

namespace ChwFhir.SmartApp.Patients;

/// <summary>The addresses of one patient. Every page beneath them has <see cref="PatientHere"/>, and each that is read is one record of the audit log.</summary>
internal static class PatientGroup
{
    public static RouteGroupBuilder MapPatient(this RouteGroupBuilder session)
    {
        var patient = session.MapGroup($"/{Paths.Patients}/{{patient}}");
        patient.AddEndpointFilter<OnlyTheirs>();
        return patient;
    }

    public static PatientHere Patient(this HttpContext context) => context.Features.GetRequiredFeature<PatientHere>();

    /// <summary>What the audit log calls it; unset: <c>overview</c>.</summary>
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder route, string kind) => route.WithMetadata(new AuditedAs(kind));

    /// <summary>The route itself writes the audit log, by <see cref="Auditing"/>.</summary>
    public static RouteHandlerBuilder AuditsItself(this RouteHandlerBuilder route, string kind) => route.WithMetadata(new AuditedAs(kind, ByItself: true));

    /// <summary>A part that comes later than its page: waits for what is read, and was audited with the page.</summary>
    public static RouteHandlerBuilder MapPart(this RouteGroupBuilder patient, string name, Delegate handler) => patient.MapGet($"/parts/{name}", handler).WithMetadata(new IsPart());
}
