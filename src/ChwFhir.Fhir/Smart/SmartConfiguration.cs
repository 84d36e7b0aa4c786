using System.Text.Json;

namespace ChwFhir.Fhir.Smart;

/// <summary><c>.well-known/smart-configuration</c> of a FHIR server, as far as it is asked for.</summary>
/// <param name="Scopes">What a client may ask for; servers may support more than they list.</param>
/// <param name="Capabilities">SMART's words: <c>client-confidential-asymmetric</c>, <c>permission-v2</c>.</param>
public sealed record SmartConfiguration(string? TokenEndpoint, IReadOnlyList<string> Scopes, IReadOnlyList<string> Capabilities)
{
    /// <summary>Its place under the FHIR base.</summary>
    public const string Path = ".well-known/smart-configuration";

    /// <returns>Null when this is no JSON object.</returns>
    public static SmartConfiguration? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return null;

            var endpoint = root.TryGetProperty("token_endpoint", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString() : null;
            return new SmartConfiguration(endpoint, List(root, "scopes_supported"), List(root, "capabilities"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string[] List(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)] : [];
}
