namespace ChwFhir.Access;

/// <summary>Scopes that a token of a person must have; words with spaces between, all of them are needed. Systems (<c>integration</c>) are known by their role alone: issuers give them no scopes.</summary>
public sealed class ScopeOptions
{
    /// <summary>For every call.</summary>
    public string? Any { get; set; }

    /// <summary>For calls that only read.</summary>
    public string? Read { get; set; }

    /// <summary>For calls that hand in or change.</summary>
    public string? Write { get; set; }
}
