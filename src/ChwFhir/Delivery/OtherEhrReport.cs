namespace ChwFhir.Delivery;

/// <param name="Waiting">Its notes that are not finished.</param>
public sealed record OtherEhrReport(string Name, long Waiting);
