using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Sandbox.Search;

/// <summary>
/// Where the next page goes on: the question itself and the last entry's sort keys and row. Nothing is kept on the server, so a page
/// survives a restart, and what is written meanwhile neither moves an entry onto two pages nor off all of them.
/// </summary>
internal sealed record PageMark(string Query, object[] Keys, long Row)
{
    public string Text() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        new JsonArray([Query, Row, .. Keys.Select(key => key is long number ? JsonValue.Create(number) : (JsonNode)JsonValue.Create((string)key))]).ToJsonString()));

    public static PageMark? Read(string text)
    {
        try
        {
            if (JsonNode.Parse(Base64Url.DecodeFromChars(text)) is not JsonArray { Count: >= 2 } parts)
                return null;
            return new(parts[0]!.GetValue<string>(), [.. parts.Skip(2).Select(Key)], parts[1]!.GetValue<long>());
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException or InvalidOperationException or NullReferenceException)
        {
            return null;
        }
    }

    private static object Key(JsonNode? key) => key!.GetValueKind() == JsonValueKind.Number ? key.GetValue<long>() : key.GetValue<string>();
}
