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

    /// <summary>It says who they are in a way that can be compared with anybody.</summary>
    internal bool IsNamed => this is { Family: not null, BirthDate.Length: >= 10 };

    /// <summary>Both are named, and they are two: no number is of both, and family name, first given name or birth date differ.</summary>
    internal bool IsSomebodyElseThan(DocumentPatient other) =>
        IsNamed && other.IsNamed && !Identifiers.Intersect(other.Identifiers).Any()
        && !(BirthDate!.AsSpan(0, 10).SequenceEqual(other.BirthDate.AsSpan(0, 10)) && Folded(Family!) == Folded(other.Family!) && (Given is null || other.Given is null || Folded(First(Given)) == Folded(First(other.Given))));

    private static string First(string given) => given.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : given;

    private static string Folded(string name) => WordFolding.Line(name).Replace(" ", "", StringComparison.Ordinal);
}
