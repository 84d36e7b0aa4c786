using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// Whether what is pointed at keeps to the profile that is wanted there.
internal sealed partial class Checker
{
    // A visit goes four deep; a list of a hundred thousand, each pointing at the next, would take all of the stack.
    private const int DeepestFollowing = 32;
    private const int FewClaims = 8;

    private Dictionary<(Resource, Profile), bool>? _conforms;
    private int _following;

    private void Target(ReferenceTarget[] targets, ResourceReference reference)
    {
        var type = TypeOf(reference);
        if (type.IsEmpty)
            return;

        var link = reference.Reference is { } address ? _links.Resolve(address) : null;
        foreach (var target in targets)
        {
            if (target.Type != "Resource" && !type.SequenceEqual(target.Type))
                continue;
            if (link is null || target.ProfileUrl is null || profiles.Find(target.ProfileUrl) is not { } profile || Conforms(link.Value, profile))
                return;
        }

        Report(OperationOutcome.IssueType.Value, "reference-target", $"the profile wants a reference to {string.Join(" or ", targets.Select(target => target.ProfileUrl ?? target.Type))}");
    }

    /// <summary>Whether what is pointed at keeps to one of the profiles, or cannot be looked at.</summary>
    public bool MayConform(ResourceReference reference, string[] urls) =>
        reference.Reference is not { } address || _links.Resolve(address) is not { } link
        || Array.Exists(urls, url => profiles.Find(url) is not { } profile || Conforms(link, profile));

    // What claims the profile, or one that builds on it, is held to it where it stands; anything else is tried quietly.
    private bool Conforms(Link link, Profile profile)
    {
        var claims = link.Resource.Meta is { } meta ? ClaimedProfiles.In<string?>(meta) : [];
        if (claims.Count <= FewClaims && Claims(claims, profile))
            return true;

        // Each is tried once; what points back at itself keeps to it as long as nothing else is wrong.
        var key = (link.Resource, profile);
        if ((_conforms ??= []).TryGetValue(key, out var known))
            return known;
        if (_following == DeepestFollowing)
        {
            NotChecked($"profiles of what is pointed at over more than {DeepestFollowing} references", always: true);
            return true;
        }

        _conforms.Add(key, true);

        return _conforms[key] = (claims.Count > FewClaims && Claims(claims, profile)) || Keeps(link, profile);
    }

    private bool Claims(List<string?> claims, Profile profile)
    {
        foreach (var url in claims)
        {
            if (url is not null && profiles.Includes(url, profile))
                return true;
        }

        return false;
    }

    // Its own references are read from where it stands, not from where it is pointed at.
    private bool Keeps(Link link, Profile profile)
    {
        var (failed, here) = (_failed, link.Owner is null ? (Surroundings?)null : _links.Enter(link.Resource, link.Owner));
        _failed = false;
        _quiet++;
        _following++;
        Apply(link.Resource, profile);
        _following--;
        _quiet--;
        if (here is { } before)
            _links.Leave(before);
        var keeps = !_failed;
        _failed = failed;

        return keeps;
    }
}
