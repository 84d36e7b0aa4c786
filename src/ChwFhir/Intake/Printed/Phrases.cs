using System.Collections.Frozen;
using System.Text.Json;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Printed;

/// <summary>What <c>phrases.json</c> holds.</summary>
internal static class Phrases
{
    static Phrases()
    {
        using var file = WordFile.Open("phrases");
        var root = file.RootElement;
        Actions = [.. root.GetProperty("actions").EnumerateObject().Select(action => (Action(action.Name), Patterns(action.Value)))];
        Urge = Patterns(root.GetProperty("urge"));
        Condition = Patterns(root.GetProperty("condition"));
        NotUrged = Patterns(root.GetProperty("notUrged"));
        NoWarning = Set(root.GetProperty("noWarning"));
        Idle = Set(root.GetProperty("idle"));
        FollowUp = Patterns(root.GetProperty("followUp"));
        Past = Patterns(root.GetProperty("past"));
        Account = Set(root.GetProperty("account"));
        Pending = Patterns(root.GetProperty("pending"));
        Nothing = Set(root.GetProperty("nothing"));
        var medicine = root.GetProperty("medicine");
        Directions = Patterns(medicine.GetProperty("directions"));
        DirectionVerbs = Set(medicine.GetProperty("verbs"));
        Marks = [.. Enum.GetValues<MedicationChange>().Select(change => (change, Patterns(medicine.GetProperty(Name(change)))))];
        ChangedInside = Patterns(medicine.GetProperty("changedInside"));
        Sentences = [.. Enum.GetValues<MedicationChange>().Select(change => (change, Patterns(medicine.GetProperty("sentences").GetProperty(Name(change)))))];
        Often = Set(medicine.GetProperty("often"));
        NoMedicine = Set(medicine.GetProperty("noMedicine"));
        Columns = root.GetProperty("columns").EnumerateObject().Where(column => column.Name != "about")
            .ToFrozenDictionary(column => column.Name, column => Set(column.Value), StringComparer.Ordinal);
        var months = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var language in root.GetProperty("months").EnumerateObject())
        {
            var month = 0;
            foreach (var names in WordFile.Strings(language.Value))
            {
                month++;
                foreach (var name in names.Split(' '))
                    months.TryAdd(name, month);
            }
        }

        Months = months.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public static IReadOnlyList<(WarningAction Action, Phrase[] Patterns)> Actions { get; }
    public static Phrase[] Urge { get; }
    public static Phrase[] Condition { get; }
    public static Phrase[] NotUrged { get; }
    public static FrozenSet<string> NoWarning { get; }
    public static FrozenSet<string> Idle { get; }
    public static Phrase[] FollowUp { get; }
    public static Phrase[] Past { get; }
    public static FrozenSet<string> Account { get; }
    public static Phrase[] Pending { get; }
    public static FrozenSet<string> Nothing { get; }
    public static Phrase[] Directions { get; }
    public static FrozenSet<string> DirectionVerbs { get; }
    public static IReadOnlyList<(MedicationChange Change, Phrase[] Patterns)> Marks { get; }
    public static Phrase[] ChangedInside { get; }
    public static IReadOnlyList<(MedicationChange Change, Phrase[] Patterns)> Sentences { get; }
    public static FrozenSet<string> Often { get; }
    public static FrozenSet<string> NoMedicine { get; }
    public static FrozenDictionary<string, FrozenSet<string>> Columns { get; }
    public static FrozenDictionary<string, int> Months { get; }

    public static bool Any(Phrase[] patterns, ReadOnlySpan<string> words)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.In(words) is not null)
                return true;
        }

        return false;
    }

    /// <summary>Whether the words say that there is nothing to be listed.</summary>
    public static bool SaysNothing(string text) => PlainWords.Of(text) is var words && (words.Length == 0 || Nothing.Contains(string.Join(' ', words)));

    private static Phrase[] Patterns(JsonElement list) => [.. WordFile.Strings(list).Select(pattern => new Phrase(pattern))];

    private static FrozenSet<string> Set(JsonElement list) => WordFile.Strings(list).ToFrozenSet(StringComparer.Ordinal);

    private static string Name(MedicationChange change) => change.ToString().ToLowerInvariant();

    private static WarningAction Action(string word) => word switch
    {
        "call-911" => WarningAction.Call911,
        "go-to-ed" => WarningAction.GoToEd,
        "call-hospice" => WarningAction.CallHospice,
        "call-nurse-line" => WarningAction.CallNurseLine,
        _ => WarningAction.CallClinic,
    };
}
