namespace ChwFhir.CareTeam;

/// <summary>Somebody covers for a colleague who is away: what is for the one is for the other.</summary>
/// <param name="Who">The colleague, by reference or subject.</param>
/// <param name="Answers">What a message may be addressed to for the colleague to see it.</param>
/// <param name="SharesRole">They are of one role: what is held for the colleague may be known by who covers, too.</param>
public sealed record Covering(string Who, IReadOnlyList<string> Answers, bool SharesRole);
