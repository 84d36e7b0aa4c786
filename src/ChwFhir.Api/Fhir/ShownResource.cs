using System.Text.Json.Nodes;

namespace ChwFhir.Api.Fhir;

/// <summary>A resource as this door shows it.</summary>
/// <param name="Version">Its <c>meta.versionId</c>.</param>
internal sealed record ShownResource(byte[] Json, string Version)
{
    /// <summary>A copy of the caller's own.</summary>
    public JsonObject Read() => JsonNode.Parse(Json)!.AsObject();
}
