using ChwFhir.Fhir.Model;

namespace ChwFhir.Api.Patients;

/// <summary>Enough of a patient to tell them from another.</summary>
/// <param name="Reference"><c>Patient/…</c>, as a note gives it.</param>
/// <param name="Active">False for a chart that is out of use.</param>
/// <param name="ReplacedBy">The chart that this one was merged into.</param>
internal sealed record FoundPatient(
    string Reference, string? Name, string? BirthDate, string? Gender, bool Active, bool Deceased, string? ReplacedBy, IReadOnlyList<FoundIdentifier> Identifiers)
{
    public static FoundPatient Of(Patient patient) => new(
        $"Patient/{patient.Id}",
        NameOf(patient),
        patient.BirthDate,
        patient.Gender?.GetLiteral(),
        patient.Active ?? true,
        patient.Deceased is FhirDateTime or FhirBoolean { Value: true },
        patient.Link.FirstOrDefault(link => link.Type == Patient.LinkType.ReplacedBy)?.Other?.Reference,
        [.. patient.Identifier.Where(identifier => identifier.Value is not null).Select(identifier => new FoundIdentifier(identifier.System, identifier.Value!))]);

    private static string? NameOf(Patient patient)
    {
        var name = patient.Name.FirstOrDefault(name => name.Use == HumanName.NameUse.Official) ?? patient.Name.FirstOrDefault();
        return name?.Text ?? (name is null ? null : string.Join(' ', name.Given.Append(name.Family).Where(part => !string.IsNullOrEmpty(part))));
    }
}
