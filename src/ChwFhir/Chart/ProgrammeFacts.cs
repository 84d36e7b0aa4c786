namespace ChwFhir.Chart;


/// <summary>Why somebody is in a programme, and until when.</summary>
public sealed record ProgrammeFacts(string? Name, string? Start, string? End, IReadOnlyList<ReasonFact> Reasons, FactSource Source);
