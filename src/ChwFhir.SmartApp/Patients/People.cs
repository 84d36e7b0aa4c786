using ChwFhir.Fhir.Model;

namespace ChwFhir.SmartApp.Patients;

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

    public static string? Family(IEnumerable<HumanName> names) => names.OrderBy(Rank).Select(name => name.Family?.Trim()).FirstOrDefault(family => !string.IsNullOrEmpty(family));

    /// <summary>The official name first, then the usual one.</summary>
    public static string? Name(IEnumerable<HumanName> names) =>
        names.OrderBy(Rank).Select(Name).FirstOrDefault(name => name is not null);

    /// <summary>How they like to be called; null where their name says it already.</summary>
    public static string? Called(IEnumerable<HumanName> names)
    {
        var all = names.ToList();
        var asked = all.Where(name => name.Use == HumanName.NameUse.Nickname).Concat(all.Where(name => name.Use == HumanName.NameUse.Usual)).FirstOrDefault();
        if (asked is null || Name(all) is not { } official)
            return null;
        var called = asked.Use == HumanName.NameUse.Usual ? asked.Given.FirstOrDefault() : Name(asked);
        return called is null || official.Split(' ').Contains(called, StringComparer.OrdinalIgnoreCase) ? null : called.Trim();
    }

    private static int Rank(HumanName name) => name.Use switch { HumanName.NameUse.Official => 0, HumanName.NameUse.Usual => 1, HumanName.NameUse.Nickname => 8, HumanName.NameUse.Old or HumanName.NameUse.Maiden => 9, _ => 2 };
}
