using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack;

/// <summary>The right chart: found, read, compared with what the note knows of the person, before anything else.</summary>
internal sealed class PatientResolver(EhrQuestions questions, SubjectSearch subjects)
{
    public const string Mismatch = "patient-mismatch";

    /// <summary>The chart that the caller names, which has to be that of the person whom a document names; else the chart of that person.</summary>
    public async Task<(Patient? Chart, Resolution? Ending)> ResolveAsync(Input input, CancellationToken cancellationToken)
    {
        var (chart, ending) = input.Patient is { } named ? await ResolveAsync(named, cancellationToken) : await ResolveAsync(input.Subject ?? new DocumentPatient(), cancellationToken);
        if (chart is null || input.Subject is not { } said)
            return (chart, ending);
        if (input.Patient is not null && !PatientAgreement.IsNobody(said) && !IsSaidToBe(said, chart))
            return (null, new Resolution.Wrong(new NoteIssue("error", Mismatch, "/patient", "the patient in the document is not the patient of the call: they share no identifier, nor family name, first given name and birth date")));
        return said.AlsoSaid is { } also && PatientAgreement.IsContradicted(also, chart)
            ? (null, new Resolution.Wrong(new NoteIssue("error", Mismatch, "/patient", "the envelope and the document within it name two people: the chart of the one has another name, birth date or number than the other says")))
            : (chart, ending);
    }

    // A document that says nothing but the reference of a chart means that chart.
    private bool IsSaidToBe(DocumentPatient said, Patient chart) => PatientAgreement.IsOf(said, chart)
        || (said.Reference is { } reference && PatientAgreement.IsNobody(said with { Reference = null }) && questions.Local(reference)?.Id == chart.Id);

    private async Task<(Patient? Chart, Resolution? Ending)> ResolveAsync(NotePatient patient, CancellationToken cancellationToken) =>
        Ending(patient, await questions.FindAsync<Patient>("Patient", patient, cancellationToken));

    private async Task<(Patient? Chart, Resolution? Ending)> ResolveAsync(DocumentPatient said, CancellationToken cancellationToken)
    {
        var (lookup, reference) = await subjects.FindAsync(said, cancellationToken);
        return lookup is Lookup<Patient>.Found { Resource: var chart } && WrongChart(new NotePatient { Reference = reference }, chart) is { } merged
            ? (null, new Resolution.Wrong(merged with { Pointer = Pointer(new NotePatient()) }))
            : Ending(new NotePatient(), lookup);
    }

    private (Patient? Chart, Resolution? Ending) Ending(NotePatient patient, Lookup<Patient> lookup)
    {
        switch (lookup)
        {
            case Lookup<Patient>.Found { Resource: var chart }:
                return (WrongChart(patient, chart) ?? Wrong(patient, chart)) is { } wrong ? (null, new Resolution.Wrong(wrong)) : (chart, null);
            case Lookup<Patient>.Missing:
                return (null, new Resolution.Wrong(new NoteIssue("error", "patient-not-found", Pointer(patient), "the EHR has no such patient")));
            case Lookup<Patient>.Several { Count: var count }:
                return (null, new Resolution.Wrong(new NoteIssue("error", "ambiguous", Pointer(patient), patient.Identifier is null ? $"the EHR has {count} patients who may be this one" : $"the EHR has {count} patients with this identifier")));
            case Lookup<Patient>.Refused { Answer: var refused }:
                var (word, detail) = PersonCodes.Of(refused.Outcome) ?? ("patient-not-readable", $"the EHR does not let the service read this chart ({refused.Status})");
                return (null, new Resolution.Wrong(new NoteIssue("error", word, Pointer(patient), detail)));
            default:
                return (null, new Resolution.NoAnswer());
        }
    }

    /// <summary>What a reader of the note should know about the chart; no reason not to write.</summary>
    public static IEnumerable<NoteIssue> Remarks(NotePatient? patient, DocumentPatient? said, Patient chart)
    {
        if (said is not null && PatientAgreement.IsNamedOtherwise(said, chart))
            yield return new NoteIssue("warning", "patient-differs", null, "the document and the chart share an identifier, but family name and birth date both differ: it may be the wrong chart");
        if (IsDeceased(chart))
            yield return new NoteIssue("warning", "patient-deceased", null, "the chart says that the patient has died; planned visits and reminders stop");
        if (patient is not null && PatientComparison.NotComparable(patient, chart) is { } pointer)
            yield return new NoteIssue("warning", "patient-check-incomplete", pointer, "the chart has nothing to compare this with");
    }

    public static bool IsDeceased(Patient chart) => chart.Deceased is FhirDateTime or FhirBoolean { Value: true };

    public static string Pointer(NotePatient patient) => patient switch
    {
        { Reference: not null } => "/patient/reference",
        { Identifier: not null } => "/patient/identifier",
        _ => "/patient",
    };

    // Some EHRs answer for a merged chart with the surviving one, without a word.
    private NoteIssue? WrongChart(NotePatient patient, Patient chart) =>
        patient.Reference is { } asked && questions.Local(asked)?.Id != chart.Id
            ? new NoteIssue("error", "patient-merged", Pointer(patient), $"the EHR answers with another chart; a person has to confirm that Patient/{chart.Id} is the right one")
            : null;

    private static NoteIssue? Wrong(NotePatient patient, Patient chart)
    {
        if (chart.Link.FirstOrDefault(link => link.Type == Patient.LinkType.ReplacedBy) is { } replaced)
            return new NoteIssue("error", "patient-merged", Pointer(patient), replaced.Other?.Reference is { } survivor
                ? $"this chart was merged; a person has to confirm that {survivor} is the right one"
                : "this chart was merged, and the EHR does not say which one replaces it");
        if (chart.Active == false)
            return new NoteIssue("error", "patient-merged", Pointer(patient), "this chart is not active any more, and the EHR does not say which one replaces it");
        var difference = PatientComparison.IsAnotherNumber(patient, chart) ? "/patient/identifier" : PatientComparison.Difference(patient.Check, chart);
        return difference is { } pointer
            ? new NoteIssue("error", Mismatch, pointer, "what the note says of the patient is not what the chart says: it may be the wrong chart")
            : null;
    }
}
