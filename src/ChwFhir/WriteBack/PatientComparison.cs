using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.WriteBack;

/// <summary>Whether the chart is that of the person whom the note is about. Pure.</summary>
internal static class PatientComparison
{
    /// <summary>The pointer of what differs; null when nothing does.</summary>
    public static string? Difference(PatientCheck? check, Patient chart)
    {
        if (check?.BirthDate is { } born && chart.BirthDate is { } inChart && !MayBeSameDate(born, inChart))
            return "/patient/check/birthDate";
        if (check?.FamilyName is { } family && chart.Name.Any(name => name.Family is not null) && !chart.Name.Any(name => IsSameName(family, name)))
            return "/patient/check/familyName";
        return null;
    }

    /// <summary>Whether the chart has another number of the same kind than the note, which names the chart as well.</summary>
    public static bool IsAnotherNumber(NotePatient patient, Patient chart)
    {
        if (patient is not { Reference: not null, Identifier: { } number })
            return false;
        var sameKind = chart.Identifier.Where(one => one.System == number.System).ToList();
        return sameKind.Count > 0 && sameKind.TrueForAll(one => one.Value != number.Value);
    }

    /// <summary>What was to be compared and the chart does not have.</summary>
    public static string? NotComparable(NotePatient patient, Patient chart)
    {
        if (patient is { Reference: not null, Identifier: { } number } && chart.Identifier.TrueForAll(one => one.System != number.System))
            return "/patient/identifier";
        var check = patient.Check;
        if (check?.BirthDate is not null && chart.BirthDate is null)
            return "/patient/check/birthDate";
        return check?.FamilyName is not null && chart.Name.All(name => name.Family is null) ? "/patient/check/familyName" : null;
    }

    // A partial date is neither the same as nor different from one within it.
    private static bool MayBeSameDate(string one, string other)
    {
        var shared = Math.Min(one.Length, other.Length);
        return one[..shared] == other[..shared];
    }

    // A name in letters that folding does not know is compared as it stands.
    private static bool IsSameName(string given, HumanName name)
    {
        if (name.Family is null)
            return false;
        var (one, other) = (FoldedName.Of(given), FoldedName.Of(name.Family));
        return one == other || (one.Length == 0 && other.Length == 0 && given == name.Family);
    }
}
