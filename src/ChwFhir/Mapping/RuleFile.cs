using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChwFhir.Mapping;

/// <summary>Reads the data files that stand beside the code: rules that people sign, and code tables. An unknown member is refused, so that a misspelt rule is not a rule silently lost.</summary>
internal static class RuleFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    internal static T Embedded<T>(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The data file {name} is not part of this build.");

        return Read<T>(stream);
    }

    /// <exception cref="JsonException">Not the documented shape.</exception>
    internal static T Read<T>(Stream stream) =>
        JsonSerializer.Deserialize<T>(stream, Strict) ?? throw new JsonException("The file is empty.");
}
