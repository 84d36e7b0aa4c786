using ChwFhir.Intake;

namespace ChwFhir.CareTeam;

/// <summary>Somebody of the team who reads and answers messages.</summary>
/// <param name="Self">Their reference, as <c>Practitioner/1</c>.</param>
/// <param name="Role">A word of <see cref="TeamRoles"/>; another role reads nothing but what was sent to them by name.</param>
public sealed record TeamCaller(string Self, string Role)
{
    /// <summary>By type and id, however the token spells it.</summary>
    public string Self { get; } = Canonical(Self);

    /// <summary>What a message may be addressed to for them to see it.</summary>
    public IReadOnlyList<string> Answers { get; } = [.. TeamRoles.WordsOf(Role), Canonical(Self)];

    public bool IsChw => Role == TeamRoles.Chw;

    /// <summary>References are compared by type and id: the server's own address may stand before them or not.</summary>
    internal static string Canonical(string recipient) => FhirReference.TryParse(recipient, out var reference) ? $"{reference.Type}/{reference.Id}" : recipient;
}
