using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Chart;

/// <summary>What is drawn over time, and by which codes the chart has it. A code stands here only where its meaning and scale are the same as ours.</summary>
public static class SeriesKinds
{
    public const string Weight = "weight", BloodPressure = "blood-pressure", Food = "food-security", Distress = "distress", Phq2 = "phq-2", Phq9 = "phq-9";

    internal const string Systolic = "8480-6", Diastolic = "8462-4";

    private static readonly Dictionary<string, string> ByLoinc = new(StringComparer.Ordinal)
    {
        ["72514-3"] = "pain", // Pain severity - 0-10 verbal numeric rating [Score] - Reported
        ["55758-7"] = Phq2, // Patient Health Questionnaire 2 item (PHQ-2) total score
        ["44261-6"] = Phq9, // Patient Health Questionnaire 9 item (PHQ-9) total score
        ["29463-7"] = Weight, // Body weight
        ["3141-9"] = Weight, // Body weight Measured
        ["85354-9"] = BloodPressure, // Blood pressure panel with all children optional
        ["88124-3"] = Food, // Food insecurity risk [HVS]
    };

    /// <summary>In the order in which they are shown: what hurts first.</summary>
    public static readonly IReadOnlyList<string> InOrder =
        ["pain", "breathlessness", "nausea", "tiredness", "drowsiness", "appetite", "wellbeing", "depression", "anxiety", Distress, Phq9, Phq2, "constipation", "vomiting", Weight, BloodPressure, Food];

    /// <summary>What a chart is asked for.</summary>
    internal static readonly string Codes = string.Join(',', ByLoinc.Keys.Select(code => $"{Systems.Loinc}|{code}").Concat(InOrder.Where(IsSymptom).Select(word => $"{Canonicals.Symptoms}|{word}")));

    /// <summary>Scored 0 to 10, the higher the worse.</summary>
    public static bool IsSymptom(string kind) => Words.TryParse<SymptomKind>(kind, out _);

    internal static string? OfCode(string? system, string? code) => system switch
    {
        Systems.Loinc => code is null ? null : ByLoinc.GetValueOrDefault(code),
        Canonicals.Symptoms => InOrder.FirstOrDefault(kind => kind == code && IsSymptom(kind)),
        _ => null,
    };

    internal static string? OfResult(Instrument instrument, string linkId) => instrument switch
    {
        Instrument.HungerVitalSign => Food,
        Instrument.Phq2 => Phq2,
        Instrument.Phq9 when linkId == "44261-6" => Phq9,
        _ => null,
    };

    internal static decimal? Kilograms(decimal value, string? unit) => unit switch
    {
        "kg" => value,
        "g" => value / 1000,
        "[lb_av]" => Math.Round(value * 0.45359237m, 1),
        _ => null,
    };
}
