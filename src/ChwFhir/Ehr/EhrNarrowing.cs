using System.Text.Json;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Ehr;

/// <summary>
/// What the clinic says may be tried, whatever the EHR declares: <c>{ "DocumentReference": ["create"], "Condition": [], "system": [] }</c>.
/// For a type that is named, exactly the writes listed are tried; the reads that the EHR declares stay, reads listed are added.
/// Types that are not named stay as declared. <c>system</c> stands for the whole server and may list <c>transaction</c>.
/// </summary>
public sealed record EhrNarrowing(IReadOnlyDictionary<string, IReadOnlySet<string>> Types)
{
    public const string System = "system";

    private static readonly string[] ForTypes = [.. Interactions.Writes, Interactions.ConditionalCreate, .. Interactions.Reads];
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The file's content, or all that is wrong with it.</summary>
    public static (EhrNarrowing? Narrowing, IReadOnlyList<string> Faults) Load(string path)
    {
        try
        {
            return Read(File.ReadAllBytes(path));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, [$"Ehr:Capabilities: the file '{path}' cannot be read."]);
        }
    }

    public static (EhrNarrowing? Narrowing, IReadOnlyList<string> Faults) Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : (null, [$"Ehr:Capabilities is not a JSON object. {Example}"]);
        }
        catch (JsonException wrong)
        {
            return (null, [$"Ehr:Capabilities is not JSON (line {wrong.LineNumber + 1}). {Example}"]);
        }
    }

    private const string Example = "Allowed is, for example, { \"DocumentReference\": [\"create\"], \"Condition\": [] }.";

    private static (EhrNarrowing?, IReadOnlyList<string>) Read(JsonElement root)
    {
        var types = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var member in root.EnumerateObject())
        {
            if (member.Name != System && EnumUtility.ParseLiteral<ResourceType>(member.Name) is null)
            {
                faults.Add($"Ehr:Capabilities: '{member.Name}' is not a resource type of FHIR R4; allowed are those and '{System}'.");
                continue;
            }

            string[] allowed = member.Name == System ? [Interactions.Transaction] : ForTypes;
            if (!types.TryAdd(member.Name, Words(member, allowed, faults)))
            {
                faults.Add($"Ehr:Capabilities: '{member.Name}' stands there twice.");
            }
        }

        return faults.Count == 0 ? (new EhrNarrowing(types), []) : (null, faults);
    }

    private static HashSet<string> Words(JsonProperty member, string[] allowed, List<string> faults)
    {
        var list = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().ToArray() : null;
        var words = list?.Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.GetString()!).ToArray();
        if (words is null || words.Length != list!.Length || words.Except(allowed).Any())
        {
            faults.Add($"Ehr:Capabilities: '{member.Name}' takes a list; allowed in it are {string.Join(", ", allowed)}.");
        }

        return [.. words ?? []];
    }
}
