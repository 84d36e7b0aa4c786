using System.Text.Json;
using ChwFhir.Intake;

namespace ChwFhir.Access;

/// <summary>
/// Reads a panel file: <c>{ "subject of the token": { "role": "chw", "practitioner": "Practitioner/x", "patients": ["Patient/y"], "chws": ["another subject"] } }</c>.
/// All faults together, each with the place: a name that is mistyped must not open or close anything unseen.
/// </summary>
internal static class PanelFileReading
{
    private const int MostFaults = 10;
    private static readonly string[] Members = ["role", "practitioner", "patients", "chws"];

    public static IReadOnlyDictionary<string, PanelEntry> Read(ReadOnlyMemory<byte> json, List<string> faults)
    {
        var entries = new Dictionary<string, PanelEntry>(StringComparer.Ordinal);
        using var file = StrictJson.Parse(json, out var unreadable);
        if (file is null)
        {
            faults.Add($"it is no JSON ({unreadable!.Detail})");
            return entries;
        }
        if (file.RootElement.ValueKind != JsonValueKind.Object)
        {
            faults.Add("it must be an object with a member for each subject");
            return entries;
        }
        var place = 0;
        foreach (var person in file.RootElement.EnumerateObject())
        {
            place++;
            var entry = Entry($"person {place}", person.Value, faults);
            if (!entries.TryAdd(person.Name, entry))
                faults.Add($"person {place}: the same subject stands above");
            if (faults.Count >= MostFaults)
                break;
        }
        return entries;
    }

    private static PanelEntry Entry(string place, JsonElement person, List<string> faults)
    {
        var entry = new PanelEntry(null, null, new HashSet<string>(), []);
        if (person.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{place}: must be an object with {string.Join(", ", Members)}");
            return entry;
        }
        foreach (var member in person.EnumerateObject())
        {
            var texts = Texts(member.Value);
            switch (member.Name)
            {
                case "role" when texts?.All(word => Words.TryParse<Role>(word, out _)) is true:
                    entry = entry with { Roles = texts.Select(word => Words.TryParse<Role>(word, out var role) ? role : default).ToHashSet() };
                    break;
                case "practitioner" when texts is [var one] && IsOf(one, "Practitioner"):
                    entry = entry with { Practitioner = one };
                    break;
                case "patients" when texts?.All(text => IsOf(text, "Patient")) is true:
                    entry = entry with { Patients = texts.ToHashSet(StringComparer.Ordinal) };
                    break;
                case "chws" when texts is not null:
                    entry = entry with { Chws = texts };
                    break;
                default:
                    faults.Add($"{place}: {Allowed(member.Name)}");
                    break;
            }
        }
        return entry;
    }

    // Nothing of the file is repeated: it names patients.
    private static string Allowed(string member) => member switch
    {
        "role" => $"role must be one or a list of {string.Join(", ", Words.All<Role>())}",
        "practitioner" => "practitioner must be a reference as Practitioner/x",
        "patients" => "patients must be a list of references as Patient/x",
        "chws" => "chws must be a list of subjects of this file, or of references as Practitioner/x",
        _ => $"has a member that is none of {string.Join(", ", Members)}",
    };

    private static IReadOnlyList<string>? Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => [.. value.EnumerateArray().Select(item => item.GetString()!)],
        _ => null,
    };

    private static bool IsOf(string text, string type) => FhirReference.TryParse(text, out var reference) && reference.Base is null && reference.Type == type;
}
