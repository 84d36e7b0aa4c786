namespace ChwFhir.Benchmarks.Ccda;

/// <summary>How much of each kind was found in a document.</summary>
internal sealed record CcdaFound(int Medicines, int Problems, int Instructions, int FollowUps, int Goals)
{
    public static CcdaFound operator +(CcdaFound one, CcdaFound other) =>
        new(one.Medicines + other.Medicines, one.Problems + other.Problems, one.Instructions + other.Instructions, one.FollowUps + other.FollowUps, one.Goals + other.Goals);

    public override string ToString() => $"{Medicines}, {Problems}, {Instructions}, {FollowUps}, {Goals}";
}
