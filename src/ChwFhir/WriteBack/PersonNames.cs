using ChwFhir.Fhir.Model;

namespace ChwFhir.WriteBack;

/// <summary>A person's name as people read it.</summary>
internal static class PersonNames
{
    public static string? Of(Resource person) => person switch
    {
        Practitioner practitioner => Of(practitioner.Name),
        Patient patient => Of(patient.Name),
        RelatedPerson related => Of(related.Name),
        PractitionerRole role => role.Practitioner?.Display,
        _ => null,
    };

    private static string? Of(List<HumanName> names)
    {
        var name = names.FirstOrDefault(name => name.Use == HumanName.NameUse.Official) ?? names.FirstOrDefault(name => name.Use == HumanName.NameUse.Usual) ?? names.FirstOrDefault();
        if (name is null)
            return null;
        return name.Text ?? string.Join(' ', name.Prefix.Concat(name.Given).Append(name.Family).Concat(name.Suffix).Where(part => !string.IsNullOrWhiteSpace(part)));
    }
}
