using System.Text.Json;

namespace ChwFhir.Intake.Printed;

/// <summary>The data files of words beside this code.</summary>
internal static class WordFile
{
    public static JsonDocument Open(string name)
    {
        using var stream = typeof(WordFile).Assembly.GetManifestResourceStream($"printed/{name}.json")!;
        return JsonDocument.Parse(stream);
    }

    public static IEnumerable<string> Strings(JsonElement list) => list.EnumerateArray().Select(word => word.GetString()!);
}
