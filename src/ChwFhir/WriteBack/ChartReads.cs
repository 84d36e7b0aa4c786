using System.Globalization;
using ChwFhir.Audit;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>
/// That the service looked into a chart to deliver a note: one record a try, however many reads and searches it took. It is shown to nobody, so nobody waits for it.
/// </summary>
internal sealed class ChartReads(AuditLog log)
{
    /// <param name="patient">As the EHR knows them by now; null where only the note's own word for them is known.</param>
    public Task RecordAsync(StoredNote note, string? patient, bool answered) => log.AppendSoonAsync(new AuditRecord
    {
        Action = AuditAction.Read,
        Subject = AuditRecord.Service,
        OnBehalfOf = note.Author,
        Kind = Kind,
        Id = string.Create(CultureInfo.InvariantCulture, $"{note.Kind} {note.Number}"),
        Patient = patient ?? (note.Patient.StartsWith("Patient/", StringComparison.Ordinal) ? note.Patient : null),
        Outcome = answered ? AuditOutcome.Success : AuditOutcome.Failed,
        Why = answered ? null : "no-answer",
    });

    private const string Kind = "chart";
}
