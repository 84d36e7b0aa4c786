using ChwFhir.Fhir.Model;

namespace ChwFhir.Mapping;

/// <summary>Who a message goes to: the contract's words against the patient's care team.</summary>
internal static class Recipients
{
    /// <summary>Each recipient once. A role that the team does not have stands by its name, with an issue.</summary>
    internal static List<ResourceReference> Of(Draft draft, IEnumerable<string> to, string? pointer, bool held)
    {
        var found = new List<ResourceReference>();
        var seen = new HashSet<string>(StringComparer.Ordinal);

        foreach (var word in to)
        {
            var before = found.Count;
            foreach (var recipient in Named(draft, word))
            {
                if (seen.Add(recipient.Reference ?? word))
                    found.Add(recipient);
            }

            if (found.Count > before || !IsMissing(draft, word))
                continue;
            if (seen.Add(word))
                found.Add(new ResourceReference { Display = Phrases.Capital(Phrases.Plain(word)) });
            draft.Warn("recipient-not-found", pointer, $"The patient's care team has nobody for \"{Phrases.Plain(word)}\".", held);
        }

        return found;
    }

    /// <summary>The one member with a role; null when there is none or several.</summary>
    internal static ResourceReference? One(Draft draft, string word) => Named(draft, word).Take(2).ToList() is [{ } only] ? only : null;

    private static bool IsMissing(Draft draft, string word) => !Named(draft, word).Any();

    private static IEnumerable<ResourceReference> Named(Draft draft, string word)
    {
        if (word.Contains('/', StringComparison.Ordinal))
            return [new ResourceReference(word)];
        if (word == "care-team" && draft.Resolved.CareTeam is { } careTeam)
            return [new ResourceReference(careTeam, "Care team")];
        if (word == "care-team")
            return draft.Resolved.Team.Select(Member);

        var members = draft.Resolved.Team.Where(member => member.Roles.Contains(word)).Select(Member);
        return word == "chw" ? members.DefaultIfEmpty(draft.Author()) : members;
    }

    private static ResourceReference Member(TeamMember member) => new(member.Reference, member.Name);
}
