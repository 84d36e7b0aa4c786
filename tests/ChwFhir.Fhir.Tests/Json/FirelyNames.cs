using ChwFhir.Testing;

namespace ChwFhir.Fhir.Tests.Json;

/// <summary>The committed list of Firely's names: members of classes with what their choices allow, members of enums.</summary>
internal static class FirelyNames
{
    private static readonly Dictionary<string, Dictionary<string, (string Type, string[] Allowed)>> Classes = [];
    private static readonly Dictionary<string, string[]> Enums = [];

    static FirelyNames()
    {
        Dictionary<string, (string, string[])> current = [];
        foreach (var line in File.ReadLines(Repository.Path("tests", "ChwFhir.Fhir.Tests", "firely-names.txt")).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "class" when words.Length > 2 && words[2] == ":":
                    Classes[words[1]] = current = [];
                    break;
                case "enum" when words.Length > 2 && words[2].StartsWith("vs=", StringComparison.Ordinal):
                    Enums[words[1]] = [.. line[(line.IndexOf(" : ", StringComparison.Ordinal) + 3)..].Split(", ")];
                    break;
                default:
                    var allowed = words.FirstOrDefault(word => word.StartsWith("allowed=", StringComparison.Ordinal))?["allowed=".Length..].Split('|') ?? [];
                    current[words[1]] = (words[2], allowed);
                    if (Array.IndexOf(words, "twin") is var twin and > 0)
                        current[words[twin + 1].TrimEnd(':')] = (words[twin + 2], allowed);
                    break;
            }
        }
    }

    public static bool HasClass(string name) => Classes.ContainsKey(name);

    public static bool HasEnum(string name) => Enums.ContainsKey(name);

    public static bool HasMember(string name, string member) => TypeOf(name, member) is not null;

    /// <summary>As C# writes it, <c>List&lt;Bundle.EntryComponent&gt;</c>; null for a member that is not listed.</summary>
    public static string? TypeOf(string name, string member) => Classes.TryGetValue(name, out var members) ? members.GetValueOrDefault(member).Type : null;

    public static string[] Allowed(string name, string member) => Classes.TryGetValue(name, out var members) ? members.GetValueOrDefault(member).Allowed ?? [] : [];

    /// <summary>Member=code, in order; null for an enum that is not listed.</summary>
    public static string[]? Enum(string name) => Enums.GetValueOrDefault(name);
}
