using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.CareTeam;

/// <summary>Somebody of the team who reads and answers messages.</summary>
/// <param name="Self">Their reference, as <c>Practitioner/1</c>.</param>
/// <param name="Roles">Words of <see cref="TeamRoles"/>, the one in which they act first; in another role nobody reads anything but what was sent to them by name.</param>
public sealed record TeamCaller(string Self, IReadOnlyList<string> Roles)
{
    public TeamCaller(string self, string role) : this(self, [role]) { }

    /// <summary>By type and id, however the token spells it.</summary>
    public string Self { get; } = Canonical(Self);

    /// <summary>In which they act.</summary>
    public string Role => Roles.Count == 0 ? "" : Roles[0];

    /// <summary>What a message may be addressed to for them to see it; to <c>supervisor</c>, within their <see cref="Supervision"/>.</summary>
    public IReadOnlyList<string> Answers { get; } = [.. Roles.SelectMany(TeamRoles.WordsOf).Distinct(), Canonical(Self)];

    /// <summary>The patients whose messages they may see; null: of all.</summary>
    public IReadOnlySet<string>? Patients { get; init; }

    /// <summary>Colleagues who are away and for whom they cover.</summary>
    public IReadOnlyList<Covering> Covers { get; init; } = [];

    /// <summary>Whose messages to the supervisor are theirs; of nobody's, until somebody has asked.</summary>
    public Supervision Supervision { get; init; } = Supervision.None;

    /// <summary>As their token names them.</summary>
    public string? Subject { get; init; }

    /// <summary>Nobody could tell whether the patient of their message is one of theirs: it is told, and goes to the chart only when the EHR has said so.</summary>
    public bool IsPanelUnknown { get; init; }

    /// <summary>A CHW, and nobody who may give advice: what a clinician has for the patient is not theirs to pass on.</summary>
    public bool IsChw => Roles.Contains(TeamRoles.Chw) && !Roles.Any(TeamRoles.Licensed.ContainsKey);

    /// <summary>They are not shown what is marked as restricted (<see cref="Access.Sensitivity"/>).</summary>
    public bool Withholds => IsChw && !Roles.Contains(TeamRoles.Supervisor);

    /// <summary>They have no other role in which they could advise anybody.</summary>
    public bool IsOnlyChw => Roles.All(role => role == TeamRoles.Chw);

    /// <summary>Whether a message is theirs to read as that recipient's; one that is held, by a cover in a role that both have only.</summary>
    internal bool Reads(StoredMessage message, string recipient)
    {
        var word = Canonical(recipient);
        return Answer(Answers, Supervision, message, word) || Covers.Any(cover => Answer(message.Held ? cover.HeldAnswers : cover.Answers, cover.Supervision, message, word));
    }

    /// <summary>They are that person, or cover for them.</summary>
    internal bool ActsFor(string who) => Canonical(who) is var one && (one == Self || Covers.Any(cover => cover.Who == one));

    private static bool Answer(IReadOnlyList<string> answers, Supervision supervision, StoredMessage message, string word) =>
        (answers.Contains(word) && (word != TeamRoles.Supervisor || supervision.Has(message))) || (word.Contains("CareTeam/", StringComparison.Ordinal) && answers.Contains(TeamRoles.CareTeam));

    /// <summary>References are compared by type and id: the server's own address may stand before them or not.</summary>
    internal static string Canonical(string recipient) => FhirReference.TryParse(recipient, out var reference) ? $"{reference.Type}/{reference.Id}" : recipient;
}
