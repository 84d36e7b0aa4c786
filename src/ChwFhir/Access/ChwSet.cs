namespace ChwFhir.Access;

/// <summary>The CHWs of a supervisor.</summary>
/// <param name="Practitioners"><c>Practitioner/x</c>.</param>
/// <param name="Subjects">As their tokens name them.</param>
public sealed record ChwSet(bool IsAll, IReadOnlySet<string> Practitioners, IReadOnlySet<string> Subjects)
{
    public static readonly ChwSet All = new(true, new HashSet<string>(), new HashSet<string>());
    public static readonly ChwSet None = new(false, new HashSet<string>(), new HashSet<string>());

    public ChwSet And(ChwSet other) => IsAll || other.IsAll ? All : new ChwSet(false, new HashSet<string>(Practitioners.Concat(other.Practitioners)), new HashSet<string>(Subjects.Concat(other.Subjects)));
}
