namespace ChwFhir.Chart;


/// <param name="Kind"><c>home</c>, <c>work</c>, <c>mobile</c>; null when it is not said.</param>
public sealed record Phone(string Number, string? Kind);
