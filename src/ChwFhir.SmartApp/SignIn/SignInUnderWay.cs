namespace ChwFhir.SmartApp.SignIn;

/// <summary>What is remembered of a sign-in between its beginning and its callback. No record: it must not print.</summary>
internal sealed class SignInUnderWay
{
    public required Way Way { get; init; }

    /// <summary>The FHIR base, or the issuer.</summary>
    public required string Iss { get; init; }

    /// <summary>What the EHR gave to the launch.</summary>
    public string? Launch { get; init; }

    public required string Nonce { get; init; }

    public required string Verifier { get; init; }

    public required string RedirectUri { get; init; }
}
