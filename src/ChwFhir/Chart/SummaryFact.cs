namespace ChwFhir.Chart;


/// <summary>What the patient was given to take home after a visit.</summary>
/// <param name="Note">Its id here; null for one that only the chart has.</param>
public sealed record SummaryFact(string Title, string? Date, string? By, string? Note, FactSource Source);
