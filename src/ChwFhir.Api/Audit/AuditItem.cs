using ChwFhir.Audit;
using ChwFhir.Intake;

namespace ChwFhir.Api.Audit;

/// <summary>A record as the API shows it.</summary>
/// <param name="Id">Chain and number: <c>main@120</c>.</param>
/// <param name="Hash">Of this record and, through it, of all before it in its chain.</param>
internal sealed record AuditItem(
    string Id, DateTimeOffset When, string Action, string Outcome, string Subject, string? Name, IReadOnlyList<string> Roles, string? OnBehalfOf, string Kind, string? What, string? Patient, string Purpose, string? From, string? Why, string Hash)
{
    public static AuditItem Of(AuditEntry entry)
    {
        var record = entry.Record;
        return new AuditItem(
            FormattableString.Invariant($"{entry.Chain}@{entry.Number}"), record.When!.Value, Words.Of(record.Action), Words.Of(record.Outcome), record.Subject, record.Name, record.Roles, record.OnBehalfOf,
            record.Kind, record.Id, record.Patient, record.Purpose, record.From, record.Why, entry.Hash);
    }
}
