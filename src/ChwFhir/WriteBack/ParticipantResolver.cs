using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.WriteBack;

/// <summary>The people at the visit whom a note names by a reference into the EHR: each must be there, and belong to that patient's life.</summary>
internal sealed class ParticipantResolver(EhrQuestions questions)
{
    public static bool AreNamed(IReadOnlyList<Participant> participants) => participants.Any(participant => participant.Reference is not null);

    /// <summary>An ending for each whose reference cannot stand; none when all can.</summary>
    public async Task<IReadOnlyList<Resolution>> ResolveAsync(IReadOnlyList<Participant> participants, string patient, CancellationToken cancellationToken)
    {
        var endings = await Task.WhenAll(participants.Select((participant, place) => ResolveAsync(participant, $"/visit/participants/{place}/reference", patient, cancellationToken)));
        return [.. endings.OfType<Resolution>()];
    }

    // Staff see many patients; whoever is of a patient's life is of one patient's.
    private Task<Resolution?> ResolveAsync(Participant participant, string pointer, string patient, CancellationToken cancellationToken)
    {
        if (participant.Reference is not { } reference || !FhirReference.TryParse(reference, out var parsed))
            return Task.FromResult<Resolution?>(null);
        return parsed.Type switch
        {
            nameof(RelatedPerson) => ReadAsync(reference, pointer, patient, cancellationToken),
            nameof(Patient) when questions.Local(reference) is not { } local || $"Patient/{local.Id}" != patient => Task.FromResult<Resolution?>(OfAnother(pointer)),
            _ => Task.FromResult<Resolution?>(null),
        };
    }

    private async Task<Resolution?> ReadAsync(string reference, string pointer, string patient, CancellationToken cancellationToken) =>
        await questions.FindAsync<RelatedPerson>(nameof(RelatedPerson), new PersonRef { Reference = reference }, cancellationToken) switch
        {
            Lookup<RelatedPerson>.Found { Resource: var found } when IsOf(found, patient) => null,
            Lookup<RelatedPerson>.Found => OfAnother(pointer),
            Lookup<RelatedPerson>.Missing => Wrong("participant-not-found", pointer, "the EHR has no such person"),
            Lookup<RelatedPerson>.Refused { Answer: var refused } => Wrong("participant-not-readable", pointer, $"the EHR does not let the service read this person ({refused.Status})"),
            _ => new Resolution.NoAnswer(),
        };

    private bool IsOf(RelatedPerson person, string patient) =>
        person.Patient?.Reference is { } reference && questions.Local(reference) is { } local && $"{local.Type}/{local.Id}" == patient;

    private static Resolution.Wrong OfAnother(string pointer) => Wrong("participant-of-another-patient", pointer, "this person belongs to another patient's chart");

    private static Resolution.Wrong Wrong(string code, string pointer, string detail) => new(new NoteIssue("error", code, pointer, detail));
}
