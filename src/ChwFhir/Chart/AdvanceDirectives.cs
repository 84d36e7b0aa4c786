namespace ChwFhir.Chart;


/// <summary>Whether there is something in writing on what the patient wants when they cannot say it themselves.</summary>
/// <param name="State"><c>yes</c>, <c>in-progress</c>, <c>no</c> (somebody asked), <c>not-known</c>.</param>
/// <param name="WantsConversation">At a visit they asked to speak with a clinician about it.</param>
public sealed record AdvanceDirectives(string State, IReadOnlyList<AdvanceDirectiveFact> Items, IReadOnlyList<HealthAgent> Agents, bool WantsConversation, FactSource? Asked);
