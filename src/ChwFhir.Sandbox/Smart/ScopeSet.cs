namespace ChwFhir.Sandbox.Smart;

/// <summary>The scopes of a token: those about resources, and the words beside them (<c>openid</c>, <c>launch</c>, …).</summary>
/// <param name="Text">As the token answer tells them.</param>
internal sealed record ScopeSet(IReadOnlyList<Scope> Resources, IReadOnlySet<string> Words, string Text)
{
    public const string Launch = "launch";
    public const string LaunchPatient = "launch/patient";
    public const string LaunchEncounter = "launch/encounter";
    public const string OpenId = "openid";
    public const string FhirUser = "fhirUser";
    public const string Profile = "profile";
    public const string Offline = "offline_access";
    public const string Online = "online_access";

    public static readonly IReadOnlyList<string> Known = [OpenId, FhirUser, Profile, Launch, LaunchPatient, LaunchEncounter, Offline, Online];

    public bool IsEmpty => Text.Length == 0;

    public bool Has(string word) => Words.Contains(word);

    public bool HasLevel(string level) => Resources.Any(scope => scope.Level == level);

    /// <summary>Of what is asked, that which is allowed. What is not understood is left out, as RFC 6749 lets a server do; the answer tells what was given.</summary>
    public static ScopeSet Granted(string asked, string allowed)
    {
        var limits = Split(allowed).ToList();
        var limit = limits.Select(Scope.Read).OfType<Scope>().ToList();
        List<Scope> resources = [];
        List<string> told = [];
        foreach (var word in Split(asked).Distinct())
            if (Scope.Read(word) is { } scope)
            {
                var given = limit.Select(scope.Meet).OfType<Scope>().Distinct().Where(one => !resources.Contains(one)).ToList();
                resources.AddRange(given);
                told.AddRange(given is [var whole] && whole == scope ? [word] : given.Select(one => one.ToString()));
            }
            else if (Known.Contains(word) && limits.Contains(word))
                told.Add(word);
        return new(resources, told.Where(Known.Contains).ToHashSet(), string.Join(' ', told));
    }

    /// <summary>Without the scopes of a level, for a grant that has no context for it.</summary>
    public ScopeSet Without(string level) => Granted(string.Join(' ', Split(Text).Where(word => Scope.Read(word)?.Level != level)), Text);

    public ScopeSet InOldSpelling() => this with { Text = string.Join(' ', Words.Concat(Resources.SelectMany(scope => scope.Old)).Distinct()) };

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
