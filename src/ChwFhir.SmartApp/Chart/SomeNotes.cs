namespace ChwFhir.SmartApp.Chart;

/// <summary>Some of a patient's notes.</summary>
/// <param name="Next">Cursor of the older ones; null where there are none.</param>
public sealed record SomeNotes(IReadOnlyList<NoteLine> Notes, string? Next);
