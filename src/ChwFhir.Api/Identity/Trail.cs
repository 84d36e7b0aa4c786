using System.Globalization;
using ChwFhir.Access;
using ChwFhir.Audit;
using ChwFhir.Intake;

namespace ChwFhir.Api.Identity;

/// <summary>The audit record of a request, with what every record has: who, in which roles, from where.</summary>
internal static class Trail
{
    /// <summary>To be completed by what was done, and with what.</summary>
    public static AuditRecord Of(HttpContext context)
    {
        var caller = Callers.Of(context.User);
        return new AuditRecord
        {
            Action = AuditAction.Read,
            Subject = caller?.Subject ?? AuditRecord.Anonymous,
            Name = caller?.Name,
            Roles = caller is null ? [] : [.. caller.Roles.Order().Select(Words.Of)],
            Kind = "",
            From = context.Connection.RemoteIpAddress?.ToString(),
        };
    }

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string? Patient(string patient) => patient.StartsWith("Patient/", StringComparison.Ordinal) ? patient : null;
}
