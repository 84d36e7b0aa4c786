namespace ChwFhir.CareTeam;

/// <summary>Somebody covers for a colleague who is away: what is for the one is for the other.</summary>
/// <param name="Who">The colleague, by reference or subject.</param>
/// <param name="Answers">What a message may be addressed to for the colleague to see it.</param>
/// <param name="HeldAnswers">The same of one that is held: in the roles that both have, and in none other of the colleague's.</param>
public sealed record Covering(string Who, IReadOnlyList<string> Answers, IReadOnlyList<string> HeldAnswers)
{
    /// <summary>Whose supervisor the colleague is.</summary>
    public Supervision Supervision { get; init; } = Supervision.None;
}
