using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.WriteBack;

/// <summary>Whether a chart is that of the person whom a document names: a shared identifier, else family name, first given name and birth date together. Pure.</summary>
internal static class PatientAgreement
{
    public static bool IsOf(DocumentPatient said, Patient chart) => HasOneOf(said, chart) || IsNamedAs(said, chart);

    /// <summary>It names nobody in a way that could be compared.</summary>
    public static bool IsNobody(DocumentPatient said) => said is { Identifiers.Count: 0, Family: null, Given: null, BirthDate: null, Reference: null };

    public static bool IsNamedAs(DocumentPatient said, Patient chart) =>
        said is { Family: { } family, Given: { } given, BirthDate: { Length: >= 10 } born } && chart.BirthDate == born[..10]
        && chart.Name.Any(name => name.Family is { } inChart && IsSame(family, inChart) && name.Given.FirstOrDefault() is { } first && IsSame(First(given), First(first)));

    /// <summary>Family name and birth date are said by both, and both differ.</summary>
    public static bool IsNamedOtherwise(DocumentPatient said, Patient chart) =>
        said is { Family: { } family, BirthDate: { Length: >= 10 } born } && chart.BirthDate is { Length: >= 10 } inChart && born[..10] != inChart[..10]
        && chart.Name.Exists(name => name.Family is not null) && !chart.Name.Exists(name => name.Family is { } other && IsSame(family, other));

    /// <summary>Nothing shows that they are this person, and a name, the birth date or a number of the same kind is another.</summary>
    public static bool IsContradicted(DocumentPatient said, Patient chart) => !IsOf(said, chart) && (
        (said.Family is { } family && chart.Name.Exists(name => name.Family is not null) && !chart.Name.Exists(name => name.Family is { } inChart && IsSame(family, inChart)))
        || (said.BirthDate is { Length: >= 10 } born && chart.BirthDate is { Length: >= 10 } known && born[..10] != known[..10])
        || said.Identifiers.Any(number => chart.Identifier.Exists(one => one.System == number.System)));

    private static bool HasOneOf(DocumentPatient said, Patient chart) =>
        said.Identifiers.Any(number => chart.Identifier.Exists(one => one.System == number.System && one.Value == number.Value));

    private static string First(string given) => given.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : given;

    // A name in letters that folding does not know is compared as it stands.
    private static bool IsSame(string one, string other)
    {
        var (first, second) = (FoldedName.Of(one), FoldedName.Of(other));
        return first.Length > 0 || second.Length > 0 ? first == second : one == other;
    }
}
