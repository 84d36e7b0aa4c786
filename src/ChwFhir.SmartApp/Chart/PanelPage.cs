namespace ChwFhir.SmartApp.Chart;

/// <summary>Some of somebody's patients.</summary>
/// <param name="Total">How many there are, or were found.</param>
/// <param name="Number">From 1.</param>
/// <param name="First">Place of the first of these among all, from 1.</param>
/// <param name="Unread">Charts that did not say in time who they are: no search has found them.</param>
public sealed record PanelPage(IReadOnlyList<PatientLine> Lines, int Total, int Number, int Pages, int First, int Unread);
