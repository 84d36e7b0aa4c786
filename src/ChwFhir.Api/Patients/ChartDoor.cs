using ChwFhir.Access;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChwFhir.Api.Patients;

/// <summary>Whether somebody may see a patient, the same for whatever of the patient they ask for.</summary>
internal static class ChartDoor
{
    /// <summary>Outside the panel nothing is said but that there is no such patient; the audit log hears the rest. Null: they may.</summary>
    /// <param name="id">As it stands in <c>Patient/…</c>.</param>
    public static async Task<IResult?> RefusalAsync(string id, HttpContext context, PatientAccess access, CancellationToken cancellationToken)
    {
        if (BreakGlass.ReasonOf(context) is { } reason && IsId(id))
        {
            BreakGlass.Record(context, reason);
            return null;
        }
        switch (IsId(id) ? await access.MayReadAsync(context.Caller(), $"Patient/{id}", cancellationToken) : PatientAnswer.NotInPanel)
        {
            case PatientAnswer.Yes:
                return null;
            case PatientAnswer.NotYetKnown:
                return Problems.PanelNotKnown(context.Response);
            default:
                AuditTrail.Of(context).Refuse($"Patient/{id}", "not-in-panel");
                return NoSuch();
        }
    }

    /// <summary>Whoever breaks the glass sees the notes too, not only the chart: an empty timeline would say that nobody was ever there.</summary>
    public static Caller CallerOf(HttpContext context) => context.Caller() with { IsInEmergency = BreakGlass.ReasonOf(context) is not null };

    public static ProblemHttpResult NoSuch() => Problems.NotFound("There is no such patient.");

    private static bool IsId(string id) => id.Length is > 0 and <= 64 && id is not ("." or "..") && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.');
}
