using ChwFhir.Access;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Identity;
using ChwFhir.Api.Patients;
using ChwFhir.Chart;
using ChwFhir.Intake;

namespace ChwFhir.Api.Fhir;

/// <summary>Whose records a search goes through: the patient's who is named, else theirs to whom an id or an identifier leads; none but those whom the caller may see.</summary>
internal sealed class SearchedPatients(Records records, PatientAccess access)
{
    private const int MostIds = 100, MostNotes = 50, MostPatients = 20;

    // Whoever asks for a patient by name is told no like everywhere; what an id or identifier leads to counts as not there.
    public async Task<(IReadOnlyList<string> Patients, IResult? Refusal)> OfAsync(FhirQuery query, HttpContext context, CancellationToken cancellationToken)
    {
        // The address of a next page says them all again.
        if (query.Ids.Count() > MostIds)
            return ([], FhirSearches.Refused([new NoteFault("http._id", "too-costly", $"At most {MostIds} ids.")]));
        if (query.Patient is { } id)
            return ([$"Patient/{id}"], await ChartDoor.RefusalAsync(id, context, access, cancellationToken));
        // Ids of one note have one owner.
        var (ids, identifiers) = (query.Ids.DistinctBy(RecordIds.NumberOf).ToList(), query.Identifiers.Distinct().ToList());
        if (ids.Count + identifiers.Count == 0)
            return ([], FhirSearches.Refused([new NoteFault("http.patient", "required", "Whose: patient, or _id, or an identifier of this service.")]));
        if (ids.Count + identifiers.Count > MostNotes)
            return ([], FhirSearches.Refused([new NoteFault("http._id", "too-costly", $"Resources of at most {MostNotes} notes, where no patient is named.")]));

        HashSet<string> owners = new(StringComparer.Ordinal);
        foreach (var one in ids)
        {
            if (await records.OwnerAsync(one, cancellationToken) is { } owner)
                owners.Add(owner.Patient);
        }
        foreach (var one in identifiers)
        {
            if (await records.OwnerByIdentifierAsync(one, cancellationToken) is { } owner)
                owners.Add(owner);
        }
        owners.RemoveWhere(owner => !owner.StartsWith("Patient/", StringComparison.Ordinal));
        if (BreakGlass.ReasonOf(context) is { } reason)
            return await InEmergencyAsync(owners, reason, context, cancellationToken);

        List<string> theirs = [];
        foreach (var owner in owners)
        {
            switch (await ChartDoor.RefusalAsync(owner["Patient/".Length..], context, access, cancellationToken))
            {
                case null: theirs.Add(owner); break;
                case IStatusCodeHttpResult { StatusCode: StatusCodes.Status404NotFound }: break;
                case var refusal: return ([], refusal);
            }
        }
        return theirs.Count > MostPatients ? ([], FhirSearches.Refused([new NoteFault("http._id", "too-costly", $"Resources of at most {MostPatients} patients.")])) : (theirs, null);
    }

    // A reason is about one patient; a list of numbers is no emergency.
    private async Task<(IReadOnlyList<string> Patients, IResult? Refusal)> InEmergencyAsync(HashSet<string> owners, string reason, HttpContext context, CancellationToken cancellationToken)
    {
        if (owners.Count == 1)
            return ([.. owners], await ChartDoor.RefusalAsync(owners.Single()["Patient/".Length..], context, access, cancellationToken));
        BreakGlass.Record(context, reason);
        if (owners.Count == 0)
            return ([], null);
        foreach (var owner in owners)
            AuditTrail.Of(context).Refuse(owner, "one-patient-at-a-time");
        return ([], FhirSearches.Refused([new NoteFault("http._id", "invalid", $"With {BreakGlass.Header} one patient at a time: these ids are of more than one.")]));
    }
}
