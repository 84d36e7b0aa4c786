using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Shapes;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Screenings;

/// <summary>Whose a response is, and who asked and answered: by reference, by identifier, or contained.</summary>
internal sealed class ResponsePeople(QuestionnaireResponse response, SummaryHeaders headers, IntakeOptions options, Trail trail)
{
    /// <summary>Null where it cannot be said; then the trail has the fault.</summary>
    internal NotePatient? Patient()
    {
        var said = Subject();
        if (options.RequirePatientCheck && said is not { Check: not null } and not { Reference: not null, Identifier: not null } && !(said is null && headers.Patient is null))
            trail.FaultAt("/subject", "required", "must say more than a reference or a number here: a contained Patient with birthDate or family name, or identifier beside reference, to be compared with the chart");
        if (headers.Patient is not { Reference: { } called } patient)
            return said;

        // Another server's reference, or one that only its bundle knows, is no word against the caller's.
        if (said?.Reference is { } reference && FhirReference.TryParse(reference, out var own) && own.Base is null && FhirReference.TryParse(called, out var header) && !header.MayBe(own))
            trail.FaultAt("/subject/reference", "patient-mismatch", $"is another patient than the header {SummaryHeaders.PatientHeader} names");
        return patient with { Check = said?.Check, Identifier = said?.Identifier };
    }

    /// <summary>Of two charts one may be wrong: who answered is the patient, or somebody who is none.</summary>
    internal void IsAnsweredByNobodyElse(NotePatient? patient)
    {
        if (response.Source?.Reference is { } source && FhirReference.TryParse(source, out var answered) && answered is { Type: "Patient", Base: null }
            && patient?.Reference is { } chart && FhirReference.TryParse(chart, out var theirs) && theirs.Base is null && !theirs.MayBe(answered))
            trail.Warn("source-differs", "/source/reference", "names another patient than the one whose screening this is; it is filed as this patient's own answers");
    }

    /// <summary>Only people of the staff write notes; a patient or a relative who filled it in alone is its source.</summary>
    internal NoteAuthor? Author()
    {
        if (Staff(response.Author) is { } author)
            return author;
        if (response.Author is null && response.Source is null)
            trail.Inform("no-author", "", "names neither author nor source: nobody can tell who recorded the answers");

        return Staff(response.Source);
    }

    internal PersonRef? Encounter()
    {
        if (headers.Encounter is { } header)
            return new PersonRef { Reference = header };
        if (response.Encounter is not { } encounter)
            return null;
        if (encounter.Reference is { } reference && FhirReference.TryParse(reference, out var parsed) && parsed.Type == "Encounter")
            return new PersonRef { Reference = reference };
        if (Identifier(encounter) is { } identifier)
            return new PersonRef { Identifier = identifier };

        trail.Inform("kept-in-text", "/encounter", "names no encounter that could be looked up in this EHR; the screening is filed without one");
        return null;
    }

    internal ReportedBy? AnsweredBy() => TypeOf(response.Source ?? response.Author) switch
    {
        "Patient" => ReportedBy.Patient,
        "RelatedPerson" => ReportedBy.Caregiver,
        "Practitioner" or "PractitionerRole" when response.Source is not null => ReportedBy.Chw,
        _ => null,
    };

    private NotePatient? Subject()
    {
        if (response.Subject is not { } subject)
            return headers.Patient is null ? Missing("/subject", "required", $"is required, or the header {SummaryHeaders.PatientHeader}") : null;
        if (subject.Reference is { } reference && FhirReference.TryParse(reference, out var parsed))
            return parsed.Type == "Patient" ? new NotePatient { Reference = reference, Identifier = Identifier(subject), Check = ContainedCheck() } : Missing("/subject/reference", "wrong-type", "must refer to a Patient");
        if (Identifier(subject) is { } identifier)
            return new NotePatient { Identifier = identifier, Check = ContainedCheck() };
        if (Contained(subject) is Patient patient && patient.Identifier.Find(one => one is { System: not null, Value: not null }) is { } own)
            return new NotePatient { Identifier = new PersonIdentifier(own.System!, own.Value!), Check = Check(patient) };

        return headers.Patient is null ? Missing("/subject", "bad-reference", $"names no patient that could be looked up; send a reference such as Patient/123, an identifier, or the header {SummaryHeaders.PatientHeader}") : null;
    }

    private NotePatient? Missing(string pointer, string code, string detail)
    {
        trail.FaultAt(pointer, code, detail);
        return null;
    }

    // Who is contained beside a reference is whom the reference means: of several nobody.
    private PatientCheck? ContainedCheck() => response.Contained.OfType<Patient>().Take(2).ToList() is [var only] ? Check(only) : null;

    private static PatientCheck? Check(Patient patient)
    {
        var family = patient.Name.Select(name => name.Family).FirstOrDefault(name => !string.IsNullOrWhiteSpace(name));
        return patient.BirthDate is null && family is null ? null : new PatientCheck { BirthDate = patient.BirthDate, FamilyName = family };
    }

    private NoteAuthor? Staff(ResourceReference? person)
    {
        if (person is null || TypeOf(person) is not ("Practitioner" or "PractitionerRole"))
            return null;
        if (person.Reference is { } reference && FhirReference.TryParse(reference, out _))
            return new NoteAuthor { Reference = reference, Name = person.Display };
        if (Identifier(person) is { } identifier)
            return new NoteAuthor { Identifier = identifier, Name = person.Display };

        var name = (Contained(person) as Practitioner)?.Name.Select(one => one.Text ?? string.Join(" ", [.. one.Given, one.Family])).FirstOrDefault() ?? person.Display;
        return string.IsNullOrWhiteSpace(name) ? null : new NoteAuthor { Name = name };
    }

    private string? TypeOf(ResourceReference? person)
    {
        if (person?.Reference is { } reference && FhirReference.TryParse(reference, out var parsed))
            return parsed.Type;

        return Contained(person)?.TypeName ?? person?.Type;
    }

    private Resource? Contained(ResourceReference? reference) =>
        reference?.Reference is ['#', .. var id] ? response.Contained.Find(resource => resource.Id == id) : null;

    private static PersonIdentifier? Identifier(ResourceReference reference) =>
        reference.Identifier is { System: { Length: > 0 } system, Value: { Length: > 0 } value } ? new PersonIdentifier(system, value) : null;
}
