namespace ChwFhir.Chart;


/// <summary>A part of the overview that could not be read, or not all of it.</summary>
/// <param name="Part">Its name in the overview.</param>
/// <param name="Of">What of it: a type of FHIR, or of this service.</param>
/// <param name="Why"><c>not-allowed</c>, <c>not-offered</c>, <c>no-answer</c>, <c>partly</c>, <c>may-be-more</c>, <c>withheld</c>.</param>
public sealed record Unavailable(string Part, string Of, string Why);
