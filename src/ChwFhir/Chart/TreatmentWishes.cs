using ChwFhir.Mapping;

namespace ChwFhir.Chart;

/// <summary>Words about treatment at the end of life: wherever they are shown it stands beside them that they are no order, and what the chart says.</summary>
public static class TreatmentWishes
{
    public static bool AreIn(params ReadOnlySpan<string?> texts) => Wishes.AreIn(texts);
}
