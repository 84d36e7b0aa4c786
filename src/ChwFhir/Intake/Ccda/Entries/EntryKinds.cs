using System.Collections.Frozen;

namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>Which kind a statement is: by template where it names one, else by its class, mood and the section that it stands in.</summary>
internal static class EntryKinds
{
    private const string Us = "2.16.840.1.113883.10.20.22.4.";
    private const string Ccd = "2.16.840.1.113883.10.20.1.";

    private static readonly FrozenDictionary<string, EntryKind> ByTemplate = new Dictionary<string, EntryKind>
    {
        [Us + "16"] = EntryKind.Medication,
        [Ccd + "24"] = EntryKind.Medication,
        ["1.3.6.1.4.1.19376.1.5.3.1.4.7"] = EntryKind.Medication,
        [Us + "4"] = EntryKind.Problem,
        [Ccd + "28"] = EntryKind.Problem,
        ["1.3.6.1.4.1.19376.1.5.3.1.4.5"] = EntryKind.Problem,
        [Us + "3"] = EntryKind.DiagnosisAct,
        [Ccd + "27"] = EntryKind.DiagnosisAct,
        [Us + "33"] = EntryKind.DiagnosisAct,
        [Us + "80"] = EntryKind.DiagnosisAct,
        [Us + "132"] = EntryKind.Concern,
        [Us + "136"] = EntryKind.Concern,
        [Us + "121"] = EntryKind.Goal,
        [Us + "20"] = EntryKind.Instruction,
        [Ccd + "49"] = EntryKind.Instruction,
        [Us + "130"] = EntryKind.Nutrition,
        [Us + "40"] = EntryKind.PlannedEncounter,
        [Us + "39"] = EntryKind.Planned,
        [Us + "41"] = EntryKind.Planned,
        [Us + "42"] = EntryKind.Planned,
        [Us + "43"] = EntryKind.Planned,
        [Us + "44"] = EntryKind.Planned,
        [Us + "120"] = EntryKind.Planned,
        [Us + "140"] = EntryKind.Planned,
        [Us + "49"] = EntryKind.Encounter,
        [Us + "1"] = EntryKind.Results,
        [Us + "2"] = EntryKind.Results,
        [Us + "131"] = EntryKind.Group,
        [Us + "146"] = EntryKind.Group,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsStatement(string name) => name is "act" or "observation" or "substanceAdministration" or "encounter" or "procedure" or "supply" or "organizer";

    public static EntryKind Of(CdaElement statement, SectionRole role)
    {
        var mood = statement.Attribute("moodCode");
        if (mood == "GOL")
            return EntryKind.Goal;
        foreach (var template in statement.Children("templateId"))
        {
            if (template.Root is { } root && ByTemplate.TryGetValue(root, out var kind))
                return Settled(kind, statement, mood, role);
        }
        return ByMood(statement.Name, mood, role);
    }

    public static bool IsPlanned(string? mood) => mood is "INT" or "RQO" or "PRMS" or "PRP" or "ARQ" or "APT";

    /// <summary>A medicine among the plans is one that is planned; an encounter that is intended is an appointment.</summary>
    private static EntryKind Settled(EntryKind kind, CdaElement statement, string? mood, SectionRole role) => kind switch
    {
        EntryKind.Medication when role is SectionRole.Plan && IsPlanned(mood) => EntryKind.Planned,
        EntryKind.Encounter when IsPlanned(mood) => EntryKind.PlannedEncounter,
        EntryKind.Planned or EntryKind.PlannedEncounter when mood == "EVN" => EntryKind.Other,
        EntryKind.Planned when statement.Name == "encounter" => EntryKind.PlannedEncounter,
        EntryKind.Problem when role == SectionRole.Concerns => EntryKind.Concern,
        _ => kind,
    };

    private static EntryKind ByMood(string name, string? mood, SectionRole role) => (name, role) switch
    {
        ("encounter", SectionRole.Plan or SectionRole.Encounters) when IsPlanned(mood) => EntryKind.PlannedEncounter,
        ("encounter", SectionRole.Encounters) => EntryKind.Encounter,
        ("act", SectionRole.Instructions) => EntryKind.Instruction,
        ("procedure" or "observation" or "supply" or "substanceAdministration" or "act", SectionRole.Plan) when IsPlanned(mood) => EntryKind.Planned,
        ("substanceAdministration", SectionRole.Medications) => EntryKind.Medication,
        ("observation", SectionRole.Problems) => EntryKind.Problem,
        ("act", SectionRole.Problems) => EntryKind.DiagnosisAct,
        ("organizer" or "observation", SectionRole.Results) => EntryKind.Results,
        ("organizer" or "act", _) => EntryKind.Group,
        _ => EntryKind.Other,
    };
}
