using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Chart;

/// <summary>Reads the launched patient's chart with the user's own token: only what was granted, all parts at once, each for itself.</summary>
internal sealed class ChartReader(UserChart charts, Sensitivity sensitivity)
{
    private const int MostPages = 3;

    // What SMART's care plans of health workers and Epic's longitudinal plans are found by, where a server asks for a category.
    private const string PlanCategories = "http://hl7.org/fhir/us/core/CodeSystem/careplan-category|assess-plan,http://snomed.info/sct|38717003";

    public async Task<ChartParts> ReadAsync(OpenSession session, CancellationToken cancellationToken)
    {
        using var client = charts.Client(session);
        var patient = PatientAsync(client, session, cancellationToken);
        var goals = SearchAsync<Goal>(client, session, [], cancellationToken);
        var plans = SearchAsync<CarePlan>(client, session, [new("category", PlanCategories)], cancellationToken);
        var communications = SearchAsync<Communication>(client, session, [], cancellationToken);
        var documents = SearchAsync<DocumentReference>(client, session, [], cancellationToken);
        await Task.WhenAll(patient, goals, plans, communications, documents);
        return new ChartParts(await patient, await goals, await plans, await communications, await documents);
    }

    private static async Task<Part<Patient>> PatientAsync(FhirClient client, OpenSession session, CancellationToken cancellationToken)
    {
        if (!May(session, "Patient", Interactions.Read))
            return new Part<Patient>([], PartState.NotAllowed);
        return await client.ReadAsync("Patient", IdOf(session), cancellationToken) switch
        {
            // Another chart than the launched one under this name would be the worst answer of all.
            FhirAnswer.Done { Resource: Patient patient } when patient.Id == IdOf(session) => new Part<Patient>([patient], PartState.Whole),
            var other => new Part<Patient>([], StateOf(other)),
        };
    }

    private async Task<Part<T>> SearchAsync<T>(FhirClient client, OpenSession session, IReadOnlyList<KeyValuePair<string, string>> more, CancellationToken cancellationToken) where T : Resource
    {
        var type = typeof(T).Name;
        if (!May(session, type, Interactions.Search))
            return new Part<T>([], PartState.NotAllowed);

        KeyValuePair<string, string>[] asked = [new("patient", IdOf(session)), .. more];
        var found = await client.SearchAsync(type, asked, MostPages, cancellationToken);
        // A category keeps servers content that need one; others may have none on their plans.
        if (more.Count > 0 && found is { Trouble: null, Matches.Count: 0 } or { Trouble: FhirAnswer.Refused { Status: 400 } })
            found = await client.SearchAsync(type, [asked[0]], MostPages, cancellationToken) is { Trouble: null } plain ? plain : found;

        List<T> items = [.. found.Matches.OfType<T>().Where(one => IsOf(one, session.Body.Patient!))];
        List<T> shown = [.. items.Where(one => !sensitivity.IsWithheld(session.Body.Caller, one))];
        var state = found.Trouble is { } trouble ? items.Count > 0 ? PartState.Partly : StateOf(trouble) : found.Complete ? PartState.Whole : PartState.Partly;
        return new Part<T>(shown, state, Withheld: shown.Count < items.Count);
    }

    private static bool May(OpenSession session, string type, string interaction) => GrantedScopes.Parse(session.Body.Scope) is not { } granted || granted.Allow(type, interaction);

    private static string IdOf(OpenSession session) => session.Body.Patient!["Patient/".Length..];

    // A server that answers with somebody else's is not believed.
    private static bool IsOf(Resource resource, string patient)
    {
        var subject = resource switch
        {
            Goal goal => goal.Subject,
            CarePlan plan => plan.Subject,
            Communication communication => communication.Subject,
            DocumentReference document => document.Subject,
            _ => null,
        };
        return subject?.Reference is { } reference && (reference == patient || reference.EndsWith("/" + patient, StringComparison.Ordinal));
    }

    private static PartState StateOf(FhirAnswer answer) => answer is FhirAnswer.Refused { Status: 400 or 401 or 403 or 404 or 501 } ? PartState.NotAllowed : PartState.NoAnswer;
}
