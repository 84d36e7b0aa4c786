namespace ChwFhir.Chart;


/// <summary>Where somebody lives or gets mail, on one line.</summary>
/// <param name="Kind"><c>home</c>, <c>temp</c>, <c>work</c>, …; null when it is not said.</param>
public sealed record Place(string Text, string? Kind);
