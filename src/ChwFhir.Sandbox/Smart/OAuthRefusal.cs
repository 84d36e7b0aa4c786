using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Smart;

/// <summary>An error of RFC 6749, 5.2.</summary>
internal sealed class OAuthRefusal(int status, string error, string description) : Exception(description)
{
    public int Status => status;
    public string Error => error;
    public string? Challenge { get; init; }

    public FhirAnswer Answer() => OAuthAnswer.Of(status, new JsonObject { ["error"] = error, ["error_description"] = Message }) with { WwwAuthenticate = Challenge };
}
