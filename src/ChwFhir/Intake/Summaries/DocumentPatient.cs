using ChwFhir.Intake.Narratives;

namespace ChwFhir.Intake.Summaries;

/// <summary>The patient as a document names them, to be compared with the chart and never written anywhere.</summary>
public sealed record DocumentPatient
{
    public IReadOnlyList<PersonIdentifier> Identifiers { get; init; } = [];
    public string? Family { get; init; }
    public string? Given { get; init; }

    /// <summary>FHIR date, partial where the document is.</summary>
    public string? BirthDate { get; init; }

    /// <summary>The document's own reference (<c>Patient/x</c>) where it is one of this EHR's FHIR documents.</summary>
    public string? Reference { get; init; }

    /// <summary>The same person as another part of what was handed in names them (the envelope, or the document within it), where the two have nothing in common that could be compared: the chart may contradict neither.</summary>
    public DocumentPatient? AlsoSaid { get; init; }

    /// <summary>It says who they are in a way that can be compared with anybody.</summary>
    internal bool IsNamed => this is { Family: not null, BirthDate.Length: >= 10 };

    /// <summary>It says enough that a chart can be found by it.</summary>
    internal bool CanBeFound => Identifiers.Count > 0 || IsNamed;

    /// <summary>One person beyond doubt: a number is of both, or family name, first given name and birth date are.</summary>
    internal bool IsSurelyThe(DocumentPatient other) => Identifiers.Intersect(other.Identifiers).Any() || IsNamedAs(other);

    /// <summary>They are two: no number is of both, and a name, the birth date or a number of the same kind differs.</summary>
    internal bool IsSomebodyElseThan(DocumentPatient other) => !IsSurelyThe(other) && (
        (Family is not null && other.Family is not null && Folded(Family) != Folded(other.Family))
        || (Given is not null && other.Given is not null && Folded(First(Given)) != Folded(First(other.Given)))
        || IsOtherDate(BirthDate, other.BirthDate)
        || Identifiers.Any(number => other.Identifiers.Any(theirs => theirs.System == number.System)));

    /// <summary>Both parts of a document as one: what is surely of the same person is theirs together; else the first counts and the other stands beside it.</summary>
    internal DocumentPatient With(DocumentPatient other)
    {
        if (IsSurelyThe(other))
            return this with { Identifiers = [.. Identifiers.Union(other.Identifiers)], Family = Family ?? other.Family, Given = Given ?? other.Given, BirthDate = BirthDate ?? other.BirthDate };

        return CanBeFound ? this with { AlsoSaid = other } : other with { Reference = Reference ?? other.Reference, AlsoSaid = this };
    }

    private bool IsNamedAs(DocumentPatient other) =>
        IsNamed && other.IsNamed && BirthDate!.AsSpan(0, 10).SequenceEqual(other.BirthDate.AsSpan(0, 10)) && Folded(Family!) == Folded(other.Family!)
        && (Given is null || other.Given is null || Folded(First(Given)) == Folded(First(other.Given)));

    // A partial date is neither the same as nor different from one within it.
    private static bool IsOtherDate(string? one, string? other) =>
        one is not null && other is not null && Math.Min(Math.Min(one.Length, other.Length), 10) is var shared && !one.AsSpan(0, shared).SequenceEqual(other.AsSpan(0, shared));

    private static string First(string given) => given.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : given;

    private static string Folded(string name) => WordFolding.Line(name).Replace(" ", "", StringComparison.Ordinal);
}
