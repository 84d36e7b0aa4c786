using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.WriteBack;

/// <summary>The EHR's own encounter that a note names: it must be there, and be that patient's.</summary>
internal sealed class EncounterResolver(EhrQuestions questions)
{
    public async Task<(string? Reference, Resolution? Ending)> ResolveAsync(PersonRef? encounter, string patient, CancellationToken cancellationToken)
    {
        if (encounter is null)
            return (null, null);

        var pointer = encounter.Reference is null ? "/visit/encounter/identifier" : "/visit/encounter/reference";
        return await questions.FindAsync<Encounter>("Encounter", encounter, cancellationToken) switch
        {
            Lookup<Encounter>.Found { Resource: { Status: Encounter.EncounterStatus.Cancelled or Encounter.EncounterStatus.EnteredInError } } => (null, Wrong("encounter-cancelled", pointer, "this encounter did not take place")),
            Lookup<Encounter>.Found { Resource: var found } when IsOf(found, patient) => ($"Encounter/{found.Id}", null),
            Lookup<Encounter>.Found => (null, Wrong("encounter-of-another-patient", pointer, "this encounter is another patient's")),
            Lookup<Encounter>.Missing => (null, Wrong("encounter-not-found", pointer, "the EHR has no such encounter")),
            Lookup<Encounter>.Several { Count: var count } => (null, Wrong("ambiguous", pointer, $"the EHR has {count} encounters with this identifier")),
            Lookup<Encounter>.Refused { Answer: var refused } => (null, Wrong("encounter-not-readable", pointer, $"the EHR does not let the service read this encounter ({refused.Status})")),
            _ => (null, new Resolution.NoAnswer()),
        };
    }

    public static bool IsOf(Encounter encounter, string patient) =>
        encounter.Subject?.Reference is { } subject && FhirReference.TryParse(subject, out var parsed) && $"{parsed.Type}/{parsed.Id}" == patient;

    private static Resolution.Wrong Wrong(string code, string pointer, string detail) => new(new NoteIssue("error", code, pointer, detail));
}
