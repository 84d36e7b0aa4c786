namespace ChwFhir.Api.Identity;

/// <summary>Section <c>Auth</c>: how callers say who they are.</summary>
internal sealed record DoorOptions(string Mode, string? Authority, string? Audience)
{
    public const string Development = "development";
    public const string Jwt = "jwt";

    /// <summary>Reads the section; a missing or unsafe setting stops the start.</summary>
    public static DoorOptions Read(IConfiguration settings, bool inDevelopment, ICollection<string> faults)
    {
        var options = new DoorOptions(
            settings["Auth:Mode"] is { Length: > 0 } mode ? mode : inDevelopment ? Development : Jwt,
            settings["Auth:Authority"],
            settings["Auth:Audience"]);

        if (options.Mode is not (Development or Jwt))
            faults.Add("Auth__Mode: development or jwt.");
        if (options.Mode == Development && !inDevelopment)
            faults.Add("Auth__Mode: development is for the Development environment only; use jwt.");
        if (options.Mode != Jwt)
            return options;
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) || (authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback))
            faults.Add("Auth__Authority: the https address of the OpenID Connect issuer is needed with Auth__Mode=jwt.");
        if (string.IsNullOrWhiteSpace(options.Audience))
            faults.Add("Auth__Audience: the audience of the tokens is needed with Auth__Mode=jwt.");
        // Whoever has a token sees every patient: a site must have said that it wants that.
        if (!inDevelopment && string.IsNullOrEmpty(settings["Auth:Panel"]))
            faults.Add("Auth__Panel: say open outside of Development; every caller with a token then sees every patient, since panels are not available in this version.");
        return options;
    }
}
