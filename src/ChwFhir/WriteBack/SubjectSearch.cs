using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.WriteBack;

/// <summary>The chart of the person whom a document names: by one of their numbers, else by name and birth date where that is exactly one.</summary>
internal sealed class SubjectSearch(EhrQuestions questions)
{
    public async Task<Lookup<Patient>> FindAsync(DocumentPatient said, CancellationToken cancellationToken)
    {
        // One of this EHR's own documents says where: believed only of the person that it names.
        if (said.Reference is { } reference && await questions.ReadAsync<Patient>(reference, cancellationToken) is var there and not Lookup<Patient>.Missing
            && (there is not Lookup<Patient>.Found { Resource: var chart } || NamesNothingElse(said) || PatientAgreement.IsOf(said, chart)))
            return there;

        foreach (var number in said.Identifiers)
        {
            if (await questions.FindAsync<Patient>("Patient", new PersonRef { Identifier = number }, cancellationToken) is var found and not Lookup<Patient>.Missing)
                return found;
        }

        if (said is not { Family: { } family, BirthDate: { Length: >= 10 } born })
            return new Lookup<Patient>.Missing();
        var search = await questions.SearchPrivatelyAsync("Patient", [new("family", SearchText.Escape(family)), new("birthdate", born[..10])], cancellationToken);
        var named = search.Matches.OfType<Patient>().Where(chart => PatientAgreement.IsNamedAs(said, chart)).ToList();
        return (named, search) switch
        {
            ([var only], { Complete: true }) => new Lookup<Patient>.Found(only),
            ({ Count: > 1 }, _) => new Lookup<Patient>.Several(named.Count),
            (_, { Complete: true }) => new Lookup<Patient>.Missing(),
            (_, { Trouble: Fhir.Client.FhirAnswer.Refused refused }) when !Answers.IsAboutEndpoint(refused) => new Lookup<Patient>.Refused(refused),
            _ => new Lookup<Patient>.NoAnswer(),
        };
    }

    private static bool NamesNothingElse(DocumentPatient said) => PatientAgreement.IsNobody(said with { Reference = null });
}
