using System.Text.Json.Nodes;

namespace ChwFhir.Sandbox.Epic;

/// <summary>The types of notes that the organization takes: a LOINC code each, and the organization's own number for it.</summary>
internal sealed class NoteTypes(IEnumerable<string> accepted)
{
    public const string Loinc = "http://loinc.org";
    private const string OwnSystem = "urn:oid:1.2.840.114350.1.13.0.1.7.4.737880.5010";
    private const string CommonSystem = "urn:oid:1.2.840.114350.1.72.727879.69848980";

    private static readonly Dictionary<string, (string Own, string Name, string Display)> Names = new()
    {
        ["11506-3"] = ("1", "Progress Notes", "Provider-unspecified Progress note"),
        ["11488-4"] = ("2", "Consults", "Consult note"),
        ["28570-0"] = ("3", "Procedures", "Provider-unspecified Procedure note"),
        ["34117-2"] = ("4", "H&P", "History and physical note"),
        ["34111-5"] = ("6", "ED Notes", "Emergency department Note"),
        ["34746-8"] = ("19", "Nursing Note", "Nurse Note"),
        ["34748-4"] = ("20", "Telephone Encounter", "Telephone encounter Note"),
        ["51847-2"] = ("25", "Assessment & Plan Note", "Evaluation + Plan note"),
        ["34129-7"] = ("30", "Home Visit Note", "Outpatient hospital Progress note"),
        ["34109-9"] = ("31", "Miscellaneous", "Note"),
    };

    private readonly List<string> codes = [.. accepted];

    public static IReadOnlyList<string> Usual => [.. Names.Keys];

    /// <summary>The type as it is filed, from the LOINC code or the organization's own number; null when it is not one of the list.</summary>
    public JsonObject? Find(IEnumerable<JsonNode> codings)
    {
        foreach (var coding in codings)
            if (codes.Find(code => Is(coding, code)) is { } code)
                return Filed(code);
        return null;
    }

    /// <summary>The answer of <c>ValueSet/$expand</c>.</summary>
    public JsonObject Expansion() => new()
    {
        ["resourceType"] = "ValueSet",
        ["status"] = "active",
        ["expansion"] = new JsonObject
        {
            ["timestamp"] = "2026-11-01",
            ["total"] = codes.Count,
            ["contains"] = new JsonArray([.. codes.Select(code => new JsonObject { ["system"] = Loinc, ["code"] = code, ["display"] = Of(code).Display })])
        }
    };

    private static bool Is(JsonNode coding, string code) => coding["system"].String() switch
    {
        Loinc => coding["code"].String() == code,
        OwnSystem => coding["code"].String() == Of(code).Own,
        _ => false
    };

    private static JsonObject Filed(string code)
    {
        var (own, name, display) = Of(code);
        return new()
        {
            ["coding"] = new JsonArray(
                new JsonObject { ["system"] = OwnSystem, ["code"] = own, ["display"] = name },
                new JsonObject { ["system"] = CommonSystem, ["code"] = own, ["display"] = name },
                new JsonObject { ["system"] = Loinc, ["code"] = code, ["display"] = display, ["userSelected"] = true }),
            ["text"] = name
        };
    }

    private static (string Own, string Name, string Display) Of(string code) => Names.GetValueOrDefault(code, ($"9{code.Replace("-", "", StringComparison.Ordinal)}", $"Note {code}", $"Note {code}"));
}
