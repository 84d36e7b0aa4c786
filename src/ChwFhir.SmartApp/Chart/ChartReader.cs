using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Fhir.Smart;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Chart;

/// <summary>Reads parts of a patient's chart as the session may: only what was granted, each for itself.</summary>
internal sealed class ChartReader(UserChart charts, Sensitivity sensitivity)
{
    private const int MostPages = 3;

    public Task<Part<Communication>> CommunicationsAsync(PatientHere here, CancellationToken cancellationToken) => SearchAsync<Communication>(here, cancellationToken);

    public Task<Part<DocumentReference>> DocumentsAsync(PatientHere here, CancellationToken cancellationToken) => SearchAsync<DocumentReference>(here, cancellationToken);

    private async Task<Part<T>> SearchAsync<T>(PatientHere here, CancellationToken cancellationToken) where T : Resource
    {
        var type = typeof(T).Name;
        if (!UserChart.May(here.Session, type, Interactions.Search))
            return new Part<T>([], PartState.NotAllowed);

        var found = await charts.Of(here.Session).SearchAsync(type, [new("patient", here.Id)], MostPages, cancellationToken);

        List<T> items = [.. found.Matches.OfType<T>().Where(one => IsOf(one, here.Reference))];
        List<T> shown = [.. items.Where(one => !sensitivity.IsWithheld(UserChart.Eyes(here.Session), one))];
        var state = found.Trouble is { } trouble ? items.Count > 0 ? PartState.Partly : StateOf(trouble) : found.Complete ? PartState.Whole : PartState.Partly;
        return new Part<T>(shown, state, Withheld: shown.Count < items.Count);
    }

    // A server that answers with somebody else's is not believed.
    private static bool IsOf(Resource resource, string patient)
    {
        var subject = resource switch
        {
            Communication communication => communication.Subject,
            DocumentReference document => document.Subject,
            _ => null,
        };
        return subject?.Reference is { } reference && (reference == patient || reference.EndsWith("/" + patient, StringComparison.Ordinal));
    }

    private static PartState StateOf(FhirAnswer answer) => answer is FhirAnswer.Refused { Status: 400 or 401 or 403 or 404 or 501 } ? PartState.NotAllowed : PartState.NoAnswer;
}
