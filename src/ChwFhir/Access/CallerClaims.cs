namespace ChwFhir.Access;

/// <summary>The names of our own claims: what a token or a cookie says is turned into these once, at the door.</summary>
public static class CallerClaims
{
    public const string Subject = "chwfhir:subject";
    public const string Name = "chwfhir:name";

    /// <summary>A word of <see cref="Access.Role"/>; any number of them.</summary>
    public const string Role = "chwfhir:role";

    public const string Practitioner = "chwfhir:practitioner";
    public const string Patient = "chwfhir:patient";

    /// <summary>A scope of the token; any number of them.</summary>
    public const string Scope = "chwfhir:scope";

    /// <summary>A word of <see cref="CallerKind"/>.</summary>
    public const string Kind = "chwfhir:kind";
}
