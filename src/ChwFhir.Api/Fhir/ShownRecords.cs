using System.Runtime.CompilerServices;
using ChwFhir.Access;
using ChwFhir.Chart;
using ChwFhir.Ehr;

namespace ChwFhir.Api.Fhir;

/// <summary>Records as this door shows them; what is shown of one lives as long as the record itself is kept, and no longer.</summary>
internal sealed class ShownRecords(Records records, EhrConnection ehr)
{
    private readonly ConditionalWeakTable<PatientRecord, ShownRecord> shown = [];

    public async Task<ShownRecord> NotesAsync(Caller caller, string patient, CancellationToken cancellationToken) => Shown(await records.NotesAsync(caller, patient, cancellationToken));

    /// <summary>As much of it as shows this one resource.</summary>
    public async Task<ShownRecord> AroundAsync(Caller caller, string patient, string id, CancellationToken cancellationToken) =>
        RecordIds.IsOfMessage(id) ? await MessagesAsync(caller, patient, cancellationToken) : Shown(await records.NotesAroundAsync(caller, patient, id, cancellationToken));

    public async Task<ShownRecord> MessagesAsync(Caller caller, string patient, CancellationToken cancellationToken) =>
        new(await records.MessagesAsync(caller, patient, cancellationToken), ehr.Id);

    private ShownRecord Shown(PatientRecord record) => shown.GetValue(record, one => new ShownRecord(one, ehr.Id));
}
