namespace ChwFhir.Fhir.Smart;

/// <summary>What a token endpoint answered.</summary>
public abstract record TokenAnswer
{
    private TokenAnswer()
    {
    }

    public sealed record Granted(TokenGrant Grant) : TokenAnswer;

    /// <summary>A definite no.</summary>
    /// <param name="Error">A word of RFC 6749 or OpenID Connect, such as <c>invalid_client</c>; <c>unknown</c> where the server said another or none.
    /// Its <c>error_description</c> is left where it is: it may name anything.</param>
    public sealed record Refused(int Status, string Error) : TokenAnswer;

    /// <summary>No answer to go by: busy, failing, or no token answer at all. It may be asked again.</summary>
    public sealed record Unusable(int Status) : TokenAnswer;

    private static readonly string[] Words =
    [
        "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope", "access_denied", "login_required", "interaction_required", "invalid_launch",
    ];

    /// <summary>Takes what servers really send: numbers and booleans as strings, members that are null or of another kind.</summary>
    public static TokenAnswer Read(int status, ReadOnlyMemory<byte> body)
    {
        var json = Parsed(body);
        if (status is >= 200 and < 300)
            return json is { } answer && TokenGrant.Read(answer) is { } grant ? new Granted(grant) : new Unusable(status);
        if (status is >= 500 or 408 or 425 or 429 or < 400)
            return new Unusable(status);

        var error = json is { } refusal && refusal.TryGetProperty("error", out var word) && word.ValueKind == JsonValueKind.String ? word.GetString() : null;
        // Some servers refuse an unknown client with an empty 401.
        return new Refused(status, Words.FirstOrDefault(known => known == error) ?? (error is null && status == 401 ? "invalid_client" : "unknown"));
    }

    private static JsonElement? Parsed(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
