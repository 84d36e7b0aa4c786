using System.Runtime.CompilerServices;
using ChwFhir.Access;
using ChwFhir.Chart;
using ChwFhir.Ehr;

namespace ChwFhir.Api.Fhir;

/// <summary>Records as this door shows them; what is shown of one lives as long as the record itself is kept, and no longer.</summary>
internal sealed class ShownRecords(Records records, EhrConnection ehr)
{
    private readonly ConditionalWeakTable<PatientRecord, ShownRecord> shown = [];

    public async Task<ShownRecord> NotesAsync(Caller caller, string patient, CancellationToken cancellationToken) =>
        shown.GetValue(await records.NotesAsync(caller, patient, cancellationToken), record => new ShownRecord(record, ehr.Id));

    public async Task<ShownRecord> MessagesAsync(Caller caller, string patient, CancellationToken cancellationToken) =>
        new(await records.MessagesAsync(caller, patient, cancellationToken), ehr.Id);
}
