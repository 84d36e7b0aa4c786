using ChwFhir.Chart;

namespace ChwFhir.SmartApp.Chart;

/// <summary>A patient of somebody's panel.</summary>
/// <param name="Name">Null when the EHR does not answer, or the chart is withheld from who looks.</param>
/// <param name="Known">What this service knows of them.</param>
public sealed record PatientLine(string Patient, string? Name, string? Born, PanelLine? Known)
{
    /// <summary>As FHIR writes it, or <c>true</c> where nobody knows the day; null while they live.</summary>
    public string? Died { get; init; }
}
