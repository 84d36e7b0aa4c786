using System.Globalization;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>Who somebody is, from the Patient: US Core's and HL7's extensions, and Epic's own.</summary>
internal static class PersonReader
{
    private static readonly string[] Pronouns =
    [
        "http://hl7.org/fhir/StructureDefinition/individual-pronouns",
        "http://open.epic.com/FHIR/StructureDefinition/extension/calculated-pronouns-to-use-for-text",
        "http://hl7.org/fhir/StructureDefinition/patient-preferredPronouns",
    ];

    private static readonly string[] Identities =
    [
        "http://hl7.org/fhir/StructureDefinition/individual-genderIdentity",
        "http://hl7.org/fhir/us/core/StructureDefinition/us-core-genderIdentity",
        "http://hl7.org/fhir/StructureDefinition/patient-genderIdentity",
        "http://open.epic.com/FHIR/StructureDefinition/extension/gender-identity",
    ];

    private const string InterpreterNeeded = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed";
    private const string InterpreterRequired = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";

    public static PersonFacts Read(Patient patient, InterpreterNeed? said, DateTimeOffset now)
    {
        var source = Said.Chart(patient, Said.Clean(patient.Meta?.LastUpdated is { } updated ? Said.Stamp(updated) : null));
        var name = Said.Name(patient.Name);
        var died = patient.Deceased switch { FhirDateTime { Value: { } when } => when, FhirBoolean { Value: true } => "true", _ => null };
        return new PersonFacts(
            name, Called(patient, name), Concept(patient, Pronouns), Concept(patient, Identities), patient.Gender?.GetLiteral(), Said.Clean(patient.BirthDate),
            died is null ? Years(patient.BirthDate, now) : null, died,
            [.. patient.Communication.Where(one => one.Language is not null).OrderByDescending(one => one.Preferred is true).Select(one => new SpokenLanguage(Tag(one.Language!), Said.Text(one.Language), one.Preferred is true))],
            Interpreter(patient, source) ?? said,
            Said.Phones(patient.Telecom),
            [.. patient.Address.Where(one => one.Use is not Address.AddressUse.Old && !Said.IsOver(one.Period, now)).Select(Said.Address).OfType<Place>().DistinctBy(place => place.Text)],
            source);
    }

    private static string? Called(Patient patient, string? name)
    {
        var nickname = patient.Name.Where(one => one.Use is HumanName.NameUse.Nickname).Select(Said.Name).FirstOrDefault(one => one is not null);
        var usual = patient.Name.Where(one => one.Use is HumanName.NameUse.Usual).Select(Said.Name).FirstOrDefault(one => one is not null);
        return (nickname ?? usual) is { } called && called != name ? called : null;
    }

    private static string? Concept(Patient patient, string[] urls) =>
        (from url in urls
         from extension in patient.GetExtensions(url)
         let value = extension.Value ?? extension.GetExtension("value")?.Value
         select value switch { CodeableConcept concept => Said.Text(concept), Coding coding => coding.Display ?? coding.Code, FhirString text => Said.Clean(text.Value), _ => null }).FirstOrDefault(text => text is not null);

    private static InterpreterNeed? Interpreter(Patient patient, FactSource source)
    {
        if (patient.GetExtension(InterpreterRequired)?.Value is FhirBoolean { Value: { } required })
            return new InterpreterNeed(required, null, null, source);
        var code = patient.GetExtension(InterpreterNeeded)?.Value switch { Coding coding => coding.Code, CodeableConcept concept => Said.Code(concept), _ => null };
        return code switch { "373066001" or "Y" => new InterpreterNeed(true, null, null, source), "373067005" or "N" => new InterpreterNeed(false, null, null, source), _ => null };
    }

    private static string? Tag(CodeableConcept language) =>
        language.Coding.OrderBy(coding => coding.System == "urn:ietf:bcp:47" ? 0 : 1).Select(coding => coding.Code).FirstOrDefault(code => code is { Length: >= 2 and <= 12 } && char.IsAsciiLetterLower(code[0]));

    /// <summary>Whole years, where the birth date says its day.</summary>
    internal static int? Years(string? born, DateTimeOffset now)
    {
        if (!DateOnly.TryParseExact(born, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth))
            return null;
        var today = DateOnly.FromDateTime(now.Date);
        var years = today.Year - birth.Year;
        return birth.AddYears(years) > today ? years - 1 : years;
    }
}
