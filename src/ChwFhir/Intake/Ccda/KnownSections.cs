using System.Collections.Frozen;

namespace ChwFhir.Intake.Ccda;

/// <summary>The sections of C-CDA R1.1 and R2.1 (and of IHE and CDA R2 before them) by LOINC code or template; the template's extension is only its version.</summary>
internal static class KnownSections
{
    private const string Us = "2.16.840.1.113883.10.20.22.2.";
    private const string Ihe = "1.3.6.1.4.1.19376.1.5.3.1.";

    private static readonly KnownSection[] All =
    [
        new("11450-4", "problems", SectionRole.Problems, Us + "5", Us + "5.1", "2.16.840.1.113883.10.20.1.11"),
        new("11535-2", "discharge diagnosis", SectionRole.Problems, Us + "24"),
        new("78375-3", "discharge diagnosis", SectionRole.Problems),
        new("29308-4", "diagnoses", SectionRole.Problems),
        new("10160-0", "medications", SectionRole.Medications, Us + "1", Us + "1.1", "2.16.840.1.113883.10.20.1.8"),
        new("10183-2", "discharge medications", SectionRole.Medications, Us + "11", Us + "11.1"),
        new("75311-1", "discharge medications", SectionRole.Medications),
        new("18776-5", "plan of treatment", SectionRole.Plan, Us + "10", "2.16.840.1.113883.10.20.1.10"),
        new("51847-2", "assessment and plan", SectionRole.Plan, Us + "9"),
        new("59772-4", "planned procedures", SectionRole.Plan, Us + "30"),
        new("62387-6", "interventions", SectionRole.Plan, "2.16.840.1.113883.10.20.21.2.3"),
        new("61146-7", "goals", SectionRole.Goals, Us + "60"),
        new("75310-3", "health concerns", SectionRole.Concerns, Us + "58"),
        new("69730-0", "instructions", SectionRole.Instructions, Us + "45", "2.16.840.1.113883.10.20.21.2.45"),
        new("8653-8", "discharge instructions", SectionRole.Instructions, Us + "41"),
        new("74213-0", "discharge instructions", SectionRole.Instructions),
        new("42344-2", "discharge diet", SectionRole.Instructions, Ihe + "3.33"),
        new("34895-3", "education", SectionRole.Instructions),
        new("46240-8", "encounters", SectionRole.Encounters, Us + "22", Us + "22.1", "2.16.840.1.113883.10.20.1.3"),
        new("30954-2", "results", SectionRole.Results, Us + "3", Us + "3.1", "2.16.840.1.113883.10.20.1.14"),
        new("29299-5", "reason for visit", SectionRole.Reason, Us + "12"),
        new("46239-0", "chief complaint and reason for visit", SectionRole.Reason, Us + "13"),
        new("10154-3", "chief complaint", SectionRole.Reason, Ihe + "1.13.2.1"),
        new("48765-2", "allergies", SectionRole.Words, Us + "6", Us + "6.1", "2.16.840.1.113883.10.20.1.2"),
        new("8716-3", "vital signs", SectionRole.Words, Us + "4", Us + "4.1", "2.16.840.1.113883.10.20.1.16"),
        new("11369-6", "immunizations", SectionRole.Words, Us + "2", Us + "2.1", "2.16.840.1.113883.10.20.1.6"),
        new("29762-2", "social history", SectionRole.Words, Us + "17", "2.16.840.1.113883.10.20.1.15"),
        new("47519-4", "procedures", SectionRole.Words, Us + "7", Us + "7.1", "2.16.840.1.113883.10.20.1.12"),
        new("47420-5", "functional status", SectionRole.Words, Us + "14", "2.16.840.1.113883.10.20.1.5"),
        new("10190-7", "mental status", SectionRole.Words, Us + "56", Us + "14"),
        new("42349-1", "reason for referral", SectionRole.Words, Ihe + "3.1"),
        new("51848-0", "assessment", SectionRole.Words, Us + "8"),
        new("46264-8", "medical equipment", SectionRole.Words, Us + "23", "2.16.840.1.113883.10.20.1.7"),
        new("29549-3", "medications administered", SectionRole.Words, Us + "38"),
        new("42346-7", "admission medications", SectionRole.Words, Us + "44"),
        new("8648-8", "hospital course", SectionRole.Words, Ihe + "3.5"),
        new("10164-2", "history of present illness", SectionRole.Words, Ihe + "3.4"),
        new("10157-6", "family history", SectionRole.Words, Us + "15", "2.16.840.1.113883.10.20.1.4"),
        new("10187-3", "review of systems", SectionRole.Words, Ihe + "3.18"),
        new("46241-6", "admission diagnosis", SectionRole.Words, Us + "43"),
        new("42347-5", "admission diagnosis", SectionRole.Words),
        new("11348-0", "past medical history", SectionRole.Words, Us + "20", Ihe + "3.8"),
        new("42348-3", "advance directives", SectionRole.Words, Us + "21", Us + "21.1", "2.16.840.1.113883.10.20.1.1"),
        new("29545-1", "physical exam", SectionRole.Words, "2.16.840.1.113883.10.20.2.10"),
        new("10210-3", "general status", SectionRole.Words, "2.16.840.1.113883.10.20.2.5"),
        new("10184-0", "discharge physical", SectionRole.Words, Ihe + "3.26"),
        new("11493-4", "discharge studies", SectionRole.Words, Us + "16"),
        new("18841-7", "consultations", SectionRole.Words, Us + "42"),
        new("61149-1", "objective", SectionRole.Words, "2.16.840.1.113883.10.20.21.2.1"),
        new("61150-9", "subjective", SectionRole.Words, "2.16.840.1.113883.10.20.21.2.2"),
        new("11383-7", "health status evaluations and outcomes", SectionRole.Words, Us + "61"),
        new("48768-6", "payers", SectionRole.Words, Us + "18", "2.16.840.1.113883.10.20.1.9"),
        new("61144-2", "nutrition", SectionRole.Words, Us + "57"),
        new("85847-2", "care teams", SectionRole.Words, Us + "500"),
        new("11329-0", "general medical history", SectionRole.Words, Us + "39"),
        new("48764-5", "summary purpose", SectionRole.Words, "2.16.840.1.113883.10.20.1.13"),
        new("10223-6", "operations", SectionRole.Words, "2.16.840.1.113883.10.20.7.14"),
        new("29554-3", "procedure description", SectionRole.Words, Us + "27"),
        new("10219-4", "preoperative diagnosis", SectionRole.Words, Us + "34"),
        new("10218-6", "postoperative diagnosis", SectionRole.Words, Us + "35"),
        new("59768-2", "procedure indications", SectionRole.Words, Us + "29"),
        new("59776-5", "procedure findings", SectionRole.Words, Us + "28"),
        new("59774-0", "anesthesia", SectionRole.Words, Us + "25"),
        new("59770-8", "estimated blood loss", SectionRole.Words, "2.16.840.1.113883.10.20.18.2.9"),
        new("59775-7", "procedure disposition", SectionRole.Words, "2.16.840.1.113883.10.20.18.2.12"),
        new("59773-2", "specimens taken", SectionRole.Words, Us + "31"),
        new("59771-0", "procedure implants", SectionRole.Words, Us + "40"),
        new("55109-3", "complications", SectionRole.Words, Us + "37"),
        new("34109-9", "notes", SectionRole.Words, Us + "65"),
        new("28570-0", "procedure note", SectionRole.Words),
        new("11488-4", "consultation note", SectionRole.Words),
        new("11506-3", "progress note", SectionRole.Words),
        new("34117-2", "history and physical note", SectionRole.Words),
        new("18842-5", "discharge summary", SectionRole.Words),
        new("18726-0", "radiology", SectionRole.Words),
        new("11502-2", "laboratory", SectionRole.Words),
        new("34106-5", "discharge summary", SectionRole.Words),
    ];

    private static readonly FrozenDictionary<string, KnownSection> ByLoinc = All.ToFrozenDictionary(section => section.Loinc, StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, KnownSection> ByRoot =
        All.SelectMany(section => section.Roots.Select(root => (root, section))).DistinctBy(pair => pair.root).ToFrozenDictionary(pair => pair.root, pair => pair.section, StringComparer.Ordinal);

    public static KnownSection? OfLoinc(string? code) => code is not null && ByLoinc.TryGetValue(code, out var section) ? section : null;

    public static KnownSection? OfTemplate(string? root) => root is not null && ByRoot.TryGetValue(root, out var section) ? section : null;
}
