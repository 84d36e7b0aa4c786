using ChwFhir.Access;
using ChwFhir.Audit;
using Microsoft.AspNetCore.Http.Features;

namespace ChwFhir.Api.Audit;

/// <summary>What one request is about, as far as it is known by now: whoever finds out tells it here, and one place records it.</summary>
internal sealed class AuditTrail
{
    private readonly HashSet<string> patients = new(StringComparer.Ordinal);

    // One request may be about several: what was refused of one says nothing of the others.
    private readonly Dictionary<string, string> refusals = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Patients => patients;

    /// <summary>Our own number of what was read or written.</summary>
    public string? Id { get; set; }

    /// <summary>Where it is not what the method and the address say.</summary>
    public AuditAction? Action { get; set; }

    /// <summary>A code, or a person's reason (break-glass).</summary>
    public string? Why { get; set; }

    public string? Purpose { get; set; }

    /// <summary>All of it is answered as if there were nothing, and it was a refusal (a patient of somebody else's panel).</summary>
    public bool IsRefused { get; set; }

    /// <summary>Recorded, or none of the audit's business.</summary>
    public bool IsDone { get; set; }

    public static AuditTrail Of(HttpContext context)
    {
        if (context.Features.Get<AuditTrail>() is not { } trail)
            context.Features.Set(trail = new AuditTrail());
        return trail;
    }

    public void Concerns(string? patient)
    {
        if (!string.IsNullOrEmpty(patient))
            patients.Add(patient);
    }

    public void Concerns(NoteStatus? status)
    {
        if (status is null)
            return;
        Concerns(status.Patient);
        Id ??= status.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>There is such a thing, and it is answered as if there were none.</summary>
    public void Refuse(string patient, string why)
    {
        Concerns(patient);
        refusals[patient] = why;
    }

    /// <summary>Whoever asks for one patient and finds nothing has asked all the same.</summary>
    public TPage LookedFor<TPage>(string? patient, TPage page, Func<TPage, int> count)
    {
        if (patient?.StartsWith("Patient/", StringComparison.Ordinal) is true && count(page) == 0)
        {
            Concerns(patient);
            Why = "nothing-found";
        }

        return page;
    }

    /// <summary>A record for each patient; one without where none is known.</summary>
    public IEnumerable<AuditRecord> Records(HttpContext context, AuditAction action, string kind, AuditOutcome outcome, string? why)
    {
        var record = Base(context) with { Action = Action ?? action, Kind = kind, Id = Id, Purpose = Purpose ?? PurposeOfUse.Of(context.Request), Outcome = IsRefused ? AuditOutcome.Refused : outcome, Why = Why ?? why };
        return patients.Count == 0
            ? [record]
            : patients.Select(patient => refusals.TryGetValue(patient, out var refusal)
                ? record with { Patient = patient, Outcome = AuditOutcome.Refused, Why = refusal }
                : record with { Patient = patient });
    }

    /// <summary>Who calls, from where.</summary>
    public static AuditRecord Base(HttpContext context)
    {
        var caller = Callers.Of(context.User);
        return new AuditRecord
        {
            Action = AuditAction.Read,
            Kind = "",
            Subject = caller?.Subject ?? AuditRecord.Anonymous,
            Name = caller?.Name,
            Roles = caller is null ? [] : [.. caller.Roles.Order().Select(Intake.Words.Of)],
            From = context.Connection.RemoteIpAddress?.ToString(),
        };
    }
}
