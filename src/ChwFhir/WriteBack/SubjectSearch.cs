using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.WriteBack;

/// <summary>The chart of the person whom a document names: by one of their numbers, else by name and birth date where that is exactly one.</summary>
internal sealed class SubjectSearch(EhrQuestions questions)
{
    /// <returns>What was found, and by which reference where it was by one.</returns>
    public async Task<(Lookup<Patient> Lookup, string? Reference)> FindAsync(DocumentPatient said, CancellationToken cancellationToken)
    {
        // One of this EHR's own documents says where: believed only of the person that it names.
        var there = said.Reference is { } reference ? await questions.ReadAsync<Patient>(reference, cancellationToken) : new Lookup<Patient>.Missing();
        if (there is not (Lookup<Patient>.Missing or Lookup<Patient>.Found))
            return (there, said.Reference);
        var referred = (there as Lookup<Patient>.Found)?.Resource;
        var believed = referred is not null && (NamesNothingElse(said) || PatientAgreement.IsOf(said, referred)) ? referred : null;

        var numbered = await ByNumbersAsync(said, believed, cancellationToken);
        if (believed is not null && numbered is Lookup<Patient>.Found)
            return (numbered, said.Reference);
        var found = numbered is Lookup<Patient>.Missing ? await ByNameAsync(said, cancellationToken) : numbered;
        // The reference is somebody's chart here and the document is about another. It may mean another EHR's chart, or the wrong document may stand under it: a person says whose it is.
        return referred is not null && found is Lookup<Patient>.Found { Resource: var chart } && chart.Id != referred.Id ? (new Lookup<Patient>.Several(2), null) : (found, null);
    }

    /// <summary>The one chart that all of the numbers lead to. A document whose numbers are those of two people is nobody's.</summary>
    private async Task<Lookup<Patient>> ByNumbersAsync(DocumentPatient said, Patient? chart, CancellationToken cancellationToken)
    {
        Lookup<Patient>? refused = null;
        foreach (var number in said.Identifiers)
        {
            if (chart?.Identifier.Exists(one => one.System == number.System && one.Value == number.Value) == true)
                continue;
            switch (await questions.FindAsync<Patient>("Patient", new PersonRef { Identifier = number }, cancellationToken))
            {
                case Lookup<Patient>.Found { Resource: var found } when chart is null || chart.Id == found.Id:
                    chart = found;
                    break;
                case Lookup<Patient>.Found:
                    return new Lookup<Patient>.Several(2);
                case Lookup<Patient>.Missing:
                    break;
                // A system that is not searched by says nothing; a chart that is merged or restricted does.
                case Lookup<Patient>.Refused answer when PersonCodes.Of(answer.Answer.Outcome) is null:
                    refused ??= answer;
                    break;
                case var other:
                    return other;
            }
        }

        return chart is not null ? new Lookup<Patient>.Found(chart) : refused ?? new Lookup<Patient>.Missing();
    }

    private async Task<Lookup<Patient>> ByNameAsync(DocumentPatient said, CancellationToken cancellationToken)
    {
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
