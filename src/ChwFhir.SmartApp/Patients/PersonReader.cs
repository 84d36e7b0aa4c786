using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Fhir.Smart;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Patients;

/// <summary>Reads who the patient of a page is.</summary>
internal sealed class PersonReader(UserChart charts, Sensitivity sensitivity, TimeProvider clock)
{
    private const string Pronouns = "http://hl7.org/fhir/StructureDefinition/individual-pronouns";
    private const string InterpreterRequired = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";
    private const string InterpreterNeeded = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed";
    private const string Yes = "373066001";
    private const string No = "373067005";

    public async Task<Part<Person>> ReadAsync(OpenSession session, string id, CancellationToken cancellationToken)
    {
        if (!UserChart.May(session, "Patient", Interactions.Read))
            return new Part<Person>([], PartState.NotAllowed);
        return await charts.Of(session).ReadAsync("Patient", id, cancellationToken) switch
        {
            FhirAnswer.Done { Resource: Patient patient } when sensitivity.IsWithheld(UserChart.Eyes(session), patient) => new Part<Person>([], PartState.Whole, Withheld: true),
            // Another chart than the one that was asked for would be the worst answer of all.
            FhirAnswer.Done { Resource: Patient patient } when patient.Id == id => new Part<Person>([Of(patient)], PartState.Whole),
            FhirAnswer.Refused { Status: 400 or 401 or 403 or 404 or 501 } => new Part<Person>([], PartState.NotAllowed),
            _ => new Part<Person>([], PartState.NoAnswer),
        };
    }

    internal Person Of(Patient patient)
    {
        var spoken = patient.Communication.OrderByDescending(one => one.Preferred is true).FirstOrDefault()?.Language;
        return new Person(
            People.Name(patient.Name), People.Called(patient.Name), patient.BirthDate,
            patient.BirthDate is { } born && patient.Deceased is null or FhirBoolean { Value: not true } ? Ages.Of(born, clock.GetLocalNow()) : null,
            patient.Gender?.GetLiteral(), Words(patient, Pronouns), spoken?.Coding.FirstOrDefault()?.Code ?? spoken?.Text, NeedsInterpreter(patient),
            patient.Deceased is FhirDateTime or FhirBoolean { Value: true }, (patient.Deceased as FhirDateTime)?.Value) { Family = People.Family(patient.Name) };
    }

    private static bool? NeedsInterpreter(Patient patient)
    {
        if (patient.Extension.FirstOrDefault(one => one.Url == InterpreterRequired)?.Value is FhirBoolean { Value: { } required })
            return required;
        return (patient.Extension.FirstOrDefault(one => one.Url == InterpreterNeeded)?.Value as Coding)?.Code switch { Yes => true, No => false, _ => null };
    }

    // US Core writes a coding; the extension of FHIR itself nests it in a part called "value".
    private static string? Words(Patient patient, string url)
    {
        var said = patient.Extension.FirstOrDefault(one => one.Url == url);
        return (said?.Value ?? said?.Extension.FirstOrDefault(part => part.Url == "value")?.Value) switch
        {
            CodeableConcept concept => concept.Text ?? concept.Coding.FirstOrDefault()?.Display,
            Coding coding => coding.Display,
            FhirString text => text.Value,
            _ => null,
        };
    }
}
