using ChwFhir.Chart;

namespace ChwFhir.SmartApp.Visits;

/// <summary>A note to be read, with all its contents since the first.</summary>
/// <param name="Versions">The first one first; none for what is no visit note.</param>
public sealed record Reading(Chart.NoteLine Note, IReadOnlyList<ToldVersion> Versions)
{
    public ToldVisit? Now => Versions.Count > 0 ? Versions[^1].Visit : null;
}
