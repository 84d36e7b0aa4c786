namespace ChwFhir.Ehr;

/// <summary>What keeps the service from the EHR: a word for programs, a sentence for people. No patient data.</summary>
public sealed record EndpointTrouble(string Word, string Why)
{
    /// <summary>The word where no token can be had just now.</summary>
    public const string NoToken = "no-token";

    /// <summary>The word where the EHR does not know the service, its key or its scopes: somebody has to set it right.</summary>
    public const string ClientRefused = "client-refused";

    public static EndpointTrouble Busy { get; } = new("busy", "the EHR is busy");
    public static EndpointTrouble NotAllowed { get; } = new("not-allowed", "the EHR does not let the service write at all");
    public static EndpointTrouble TokenRefused { get; } = new("token-refused", "the EHR does not accept the token");
    public static EndpointTrouble Elsewhere { get; } = new("sent-elsewhere", "the EHR sends requests elsewhere");
    public static EndpointTrouble Pages { get; } = new("pages", "a web page answers where the EHR should: a gateway, or the wrong address");
    public static EndpointTrouble Failing { get; } = new("failing", "the EHR fails again and again");
    public static EndpointTrouble WritesFail { get; } = new("writes-fail", "writes of several notes in a row got no clear answer");
    public static EndpointTrouble SaysNothing { get; } = new("no-capabilities", "the EHR does not say what it takes");

    public static EndpointTrouble NoConnection(string why) => new("no-connection", why);

    public static EndpointTrouble WrongRelease(string why) => new("wrong-release", why);
}
