namespace ChwFhir.Chart;

/// <param name="Kind">As <see cref="Series.Kind"/>.</param>
/// <param name="Second">Of blood pressure the diastolic one.</param>
/// <param name="Date">FHIR date or dateTime where it is not the visit's.</param>
public sealed record SeriesValue(string Kind, decimal Value, decimal? Second, string? Date);
