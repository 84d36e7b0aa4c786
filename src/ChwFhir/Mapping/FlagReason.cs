using System.Globalization;

namespace ChwFhir.Mapping;

/// <summary>Why something is a red flag: the rule, and the number it was held against.</summary>
/// <param name="Rule"><c>from</c>, <c>from-new</c>, <c>risen</c>, <c>above-tolerable</c>, <c>present</c>, <c>needs-clinician</c>; of a vital sign <c>value</c>, <c>systolic</c>, <c>diastolic</c>.</param>
/// <param name="Unit">UCUM.</param>
public sealed record FlagReason(string Rule, decimal? Number = null, string? Unit = null)
{
    /// <summary>As the chart has it.</summary>
    internal string English => Rule switch
    {
        "from" => string.Create(CultureInfo.InvariantCulture, $"{Number} or more"),
        "from-new" => string.Create(CultureInfo.InvariantCulture, $"{Number} or more and was less before"),
        "risen" => string.Create(CultureInfo.InvariantCulture, $"up from {Number}"),
        "above-tolerable" => string.Create(CultureInfo.InvariantCulture, $"above what is tolerable ({Number})"),
        "present" => "reported",
        "needs-clinician" => "the CHW asks for a clinician",
        "value" => string.Create(CultureInfo.InvariantCulture, $"{Number} {VitalCode.Readable(Unit)}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Rule} {Number} {VitalCode.Readable(Unit)}"),
    };
}
