namespace ChwFhir.Queue;

/// <summary>What a real answer taught: this EHR does not take <paramref name="Interaction"/> of <paramref name="Type"/> until then.</summary>
public sealed record LearnedRow(string Type, string Interaction, DateTimeOffset Until);
