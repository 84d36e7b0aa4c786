namespace ChwFhir.Access;

/// <summary>Section <c>Auth</c>: which claims of the site's tokens say what.</summary>
public sealed class TokenOptions
{
    public const string Section = "Auth";

    /// <summary>Who it is: <c>sub</c>; with Entra ID <c>oid</c>, which is the same for every application.</summary>
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>What people call them; the first that the token has.</summary>
    public IReadOnlyList<string> NameClaims { get; set; } = ["name", "preferred_username", "azp_name"];

    /// <summary>The claim with the roles; a dotted path leads into an object (<c>realm_access.roles</c>).</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>What the issuer calls each role, as <c>Auth__Roles__Outreach.Worker=chw</c>. None: its words are ours.</summary>
    public Dictionary<string, string> Roles { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The claim with their Practitioner in this EHR: a reference, or a bare id.</summary>
    public string PractitionerClaim { get; set; } = "fhirUser";

    public ScopeOptions Scopes { get; set; } = new();
}
