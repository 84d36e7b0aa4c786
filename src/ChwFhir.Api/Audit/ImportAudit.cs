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
        if (result is { Status: StatusCodes.Status202Accepted, Note: { } note })
            await audit.AppendSoonAsync(importer with { Kind = note.Kind, Id = note.Number.ToString(CultureInfo.InvariantCulture), Patient = note.Patient });
        return result;
    }
}
