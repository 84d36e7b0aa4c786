using System.Globalization;
using ChwFhir.Api.Imports;
using ChwFhir.Audit;

namespace ChwFhir.Api.Audit;

/// <summary>Records each document that an import brings in, as its own door would.</summary>
internal sealed class ImportAudit(HttpContext context)
{
    private readonly AuditLog audit = context.RequestServices.GetRequiredService<AuditLog>();
    private readonly AuditRecord importer = AuditTrail.Base(context) with { Action = AuditAction.Create, Purpose = PurposeOfUse.Of(context.Request), Why = "import" };

    public async Task<ImportResult> RecordAsync(ImportResult result)
    {
        // What was here already is told of, not taken anew.
        if (result is { Status: StatusCodes.Status202Accepted or StatusCodes.Status200OK, Note: { } note })
            await audit.AppendSoonAsync(importer with
            {
                Action = result.Status == StatusCodes.Status200OK ? AuditAction.Read : AuditAction.Create, Kind = note.Kind, Id = note.Number.ToString(CultureInfo.InvariantCulture), Patient = note.Patient,
            });
        else if (result is { Status: StatusCodes.Status403Forbidden, Kind: { } kind })
            await audit.AppendSoonAsync(importer with { Kind = kind, Outcome = AuditOutcome.Refused, Why = result.Code });
        return result;
    }
}
