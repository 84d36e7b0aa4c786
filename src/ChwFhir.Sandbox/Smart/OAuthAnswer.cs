using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Smart;

internal static class OAuthAnswer
{
    private static readonly Dictionary<string, string> NotKept = new() { ["Pragma"] = "no-cache" };

    public static FhirAnswer Of(int status, JsonNode body) => new(status, body.Text()) { ContentType = "application/json", Headers = NotKept };
}
