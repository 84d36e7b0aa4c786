namespace ChwFhir.Sandbox.Rest;

/// <summary>What an interaction answers. <see cref="Body"/> is FHIR JSON unless <see cref="ContentType"/> says otherwise; null is an empty body.</summary>
internal sealed record FhirAnswer(int Status, string? Body = null)
{
    public string? ContentType { get; init; }
    public string? Location { get; init; }
    public string? ETag { get; init; }

    /// <summary>The header <c>E-Tag</c> of the strict server.</summary>
    public string? OddETag { get; init; }
    public DateTimeOffset? LastModified { get; init; }
    public string? WwwAuthenticate { get; init; }
    public string? Allow { get; init; }

    /// <summary>What else the answer carries in its head.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The Content-Security-Policy of a page that needs another than <see cref="Pages.Page.Policy"/>.</summary>
    public string? Policy { get; init; }
}
