namespace ChwFhir.Chart;


/// <summary>What to know before the door opens. For the CHW team only.</summary>
/// <param name="Language">Of its words.</param>
public sealed record HomeFacts(string? Access, bool? CallFirst, string? Pets, string? Safety, string? Language, FactSource Source);
