using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Messages;

/// <summary>People in words: by name and role where they have a name, by role alone where not, and whoever reads as "you".</summary>
internal sealed class Whom(Wording words, IReadOnlyDictionary<string, string> names, string self)
{
    public string Of(string? who, string role) => who == self ? words["you"]
        : who is not null && names.TryGetValue(who, out var name) ? words.Say("whom", name, words.Of("role", role)) : words.Of("role", role);

    /// <summary>Without the role.</summary>
    public string Named(string? who, string role) => who == self ? words["you"] : who is not null && names.TryGetValue(who, out var name) ? name : words.Of("role", role);

    /// <summary>A recipient: a word of the contract, or somebody.</summary>
    public string To(string recipient) => recipient == self ? words["you"]
        : names.TryGetValue(recipient, out var name) ? name
        : recipient.StartsWith("CareTeam/", StringComparison.Ordinal) ? words["role.care-team"]
        : recipient.Contains('/', StringComparison.Ordinal) ? words["somebody"] : words.Of("role", recipient);

    public string To(IEnumerable<string> recipients) => string.Join(", ", recipients.Select(To).Distinct());
}
