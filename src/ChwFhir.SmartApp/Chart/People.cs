using ChwFhir.Fhir.Model;

namespace ChwFhir.SmartApp.Chart;

/// <summary>Names as people say them.</summary>
internal static class People
{
    public static string? Name(HumanName name)
    {
        if (!string.IsNullOrWhiteSpace(name.Text))
            return name.Text.Trim();
        var parts = string.Join(' ', name.Given.Append(name.Family).Where(part => !string.IsNullOrWhiteSpace(part)));
        return parts.Length == 0 ? null : parts;
    }

    /// <summary>The official name first, then the usual one.</summary>
    public static string? Name(IEnumerable<HumanName> names) =>
        names.OrderBy(name => name.Use switch { HumanName.NameUse.Official => 0, HumanName.NameUse.Usual => 1, HumanName.NameUse.Old => 9, _ => 2 }).Select(Name).FirstOrDefault(name => name is not null);
}
