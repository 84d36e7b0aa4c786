using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Smart;

/// <summary>What a caller may do with which resources: the scopes of its token, with the patient and the user that they are about.</summary>
internal sealed class Access(IReadOnlyList<Scope> scopes, string? patient, SandboxUser? user)
{
    /// <summary>A caller of this machine without a token, and the server itself.</summary>
    public static readonly Access Everything = new([new Scope("system", "*", "cruds")], null, null);

    /// <summary>How far it goes for one interaction; scopes of several levels add up.</summary>
    /// <exception cref="Refusal">No scope is for this interaction.</exception>
    public Reach Require(string type, char letter) => Of(type, letter) ?? throw Insufficient();

    /// <summary>The same for what a search brings along: whoever may read it or find it may see it there.</summary>
    public bool MaySee(Session session, StoredResource resource) =>
        "rs".Any(letter => Of(resource.Type, letter) is { } reach && reach.Holds(session, resource.Type, resource.Id));

    public static Refusal Insufficient() => new(403, "forbidden", "The scopes of this token do not reach that far.") { WwwAuthenticate = Challenge };

    private const string Challenge = "Bearer error=\"insufficient_scope\", error_description=\"The access token provided is valid, but is not authorized for this service\"";

    private Reach? Of(string type, char letter)
    {
        var levels = scopes.Where(scope => scope.Covers(type, letter)).Select(scope => scope.Level).ToHashSet();
        if (levels.Contains("system") || (levels.Contains("user") && user is { SeesEveryone: true }))
            return Reach.Everything;
        var chart = levels.Contains("patient") ? patient : null;
        var team = levels.Contains("user") ? user?.Id : null;
        return chart is null && team is null ? null : new Reach(chart, team, IsReading: letter is 'r' or 's');
    }
}
