using ChwFhir.Audit;
using ChwFhir.Intake;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.SignIn;

namespace ChwFhir.SmartApp;

/// <summary>
/// What people do in the app, for the audit log. What is read is on disk before anything is shown; what was done, which takes no token, is recorded also when
/// whoever did it has left meanwhile.
/// </summary>
internal sealed class Auditing(AuditLog log)
{
    public Task CameInAsync(HttpContext context, Session session, CancellationToken cancellationToken) =>
        log.AppendAsync(Of(context, session) with { Action = AuditAction.Login, Kind = "session" }, cancellationToken);

    public Task WentAsync(HttpContext context, Session session) =>
        log.AppendDoneAsync(Of(context, session) with { Action = AuditAction.Execute, Kind = "session", Why = "signed-out" });

    /// <summary>The EHR gives no further token for the session, or one for somebody else's chart.</summary>
    public Task NotRenewedAsync(Session session, string why, bool looksLikeAnAttack) => log.AppendSoonAsync(new AuditRecord
    {
        Action = looksLikeAnAttack ? AuditAction.Attack : AuditAction.Login,
        Subject = session.Subject,
        Name = session.Name,
        Roles = [.. session.Roles.Select(Words.Of)],
        Kind = "session",
        Patient = session.Patient,
        Outcome = AuditOutcome.Refused,
        Why = why,
    });

    /// <param name="id">Our own number of it.</param>
    public Task ReadAsync(HttpContext context, Session session, string kind, string? id, bool allowed, string? why, CancellationToken cancellationToken) =>
        log.AppendAsync(Of(context, session) with { Kind = kind, Id = id, Outcome = allowed ? AuditOutcome.Success : AuditOutcome.Refused, Why = why }, cancellationToken);

    /// <summary>A page of a patient, or of one thing of theirs.</summary>
    /// <param name="id">Our own number of it.</param>
    public Task ReadAsync(HttpContext context, PatientHere here, string kind, string? id, CancellationToken cancellationToken) =>
        ReadAsync(context, here.Session.Body, here.Reference, kind, id, allowed: true, null, cancellationToken);

    /// <param name="patient">Whom it is about, where that is not the patient of the launch.</param>
    public Task ReadAsync(HttpContext context, Session session, string? patient, string kind, string? id, bool allowed, string? why, CancellationToken cancellationToken) => log.AppendAsync(
        Of(context, session) with { Kind = kind, Id = id, Patient = patient ?? session.Patient, Outcome = allowed ? AuditOutcome.Success : AuditOutcome.Refused, Why = why }, cancellationToken);

    /// <summary>Each of the patients who are shown by name.</summary>
    public Task ListedAsync(HttpContext context, Session session, IEnumerable<string> patients, CancellationToken cancellationToken) =>
        Task.WhenAll(patients.Select(patient => log.AppendAsync(Of(context, session) with { Kind = "patient", Patient = patient }, cancellationToken)));

    public Task WroteAsync(HttpContext context, PatientHere here, AuditAction action, string? id, bool done) =>
        log.AppendDoneAsync(Of(context, here.Session.Body) with { Action = action, Kind = "message", Id = id, Patient = here.Reference, Outcome = done ? AuditOutcome.Success : AuditOutcome.Refused });

    /// <summary>A decision about what is held back from the chart, with the reason that was given.</summary>
    public Task DecidedAsync(HttpContext context, PatientHere here, string kind, string id, string why, bool done) => log.AppendDoneAsync(
        Of(context, here.Session.Body) with { Action = AuditAction.Release, Kind = kind, Id = id, Patient = here.Reference, Outcome = done ? AuditOutcome.Success : AuditOutcome.Refused, Why = why });

    /// <param name="number">Our own number of the note; null when none came of it.</param>
    public Task SentAsync(HttpContext context, PatientHere here, AuditAction action, long? number) => log.AppendDoneAsync(
        Of(context, here.Session.Body) with
        {
            Action = action, Kind = "visit-note", Id = number?.ToString(System.Globalization.CultureInfo.InvariantCulture), Patient = here.Reference, Outcome = number is null ? AuditOutcome.Refused : AuditOutcome.Success,
        });

    /// <summary>Something that is done across patients.</summary>
    /// <param name="id">Our own number of it.</param>
    public Task WroteAsync(HttpContext context, Session session, AuditAction action, string kind, string? id, string? patient, bool done) =>
        log.AppendDoneAsync(Of(context, session) with { Action = action, Kind = kind, Id = id, Patient = patient, Outcome = done ? AuditOutcome.Success : AuditOutcome.Refused });

    /// <summary>What somebody said of a thing of the patient's.</summary>
    public Task SaidAsync(HttpContext context, PatientHere here, string kind, string word, bool done, CancellationToken cancellationToken) =>
        log.AppendAsync(Of(context, here.Session.Body) with { Action = AuditAction.Update, Kind = kind, Patient = here.Reference, Outcome = done ? AuditOutcome.Success : AuditOutcome.Refused, Why = word is "confirmed" or "set-aside" or "taken" or "given-back" ? word : null }, cancellationToken);

    public Task RefusedAsync(HttpContext context, TroubleException trouble, CancellationToken cancellationToken) => log.AppendAsync(
        new AuditRecord
        {
            Action = trouble.LooksLikeAnAttack ? AuditAction.Attack : AuditAction.Login,
            Subject = AuditRecord.Anonymous,
            Kind = "session",
            From = context.Connection.RemoteIpAddress?.ToString(),
            Outcome = AuditOutcome.Refused,
            Why = Words.Of(trouble.Trouble),
        },
        cancellationToken);

    /// <summary>A form that came from no page of the session.</summary>
    public Task ForgedAsync(HttpContext context, Session session, CancellationToken cancellationToken) =>
        log.AppendAsync(Of(context, session) with { Action = AuditAction.Attack, Kind = "session", Outcome = AuditOutcome.Refused, Why = "forged-form" }, cancellationToken);

    private static AuditRecord Of(HttpContext context, Session session) => new()
    {
        Action = AuditAction.Read,
        Subject = session.Subject,
        Name = session.Name,
        Roles = [.. session.Roles.Select(Words.Of)],
        Kind = "overview",
        Patient = session.Patient,
        From = context.Connection.RemoteIpAddress?.ToString(),
    };
}
