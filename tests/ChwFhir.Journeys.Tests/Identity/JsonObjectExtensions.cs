using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.Identity;

internal static class JsonObjectExtensions
{
    public static JsonObject Also(this JsonObject json, Action<JsonObject> change)
    {
        change(json);
        return json;
    }
}
