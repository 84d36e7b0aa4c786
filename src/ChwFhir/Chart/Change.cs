namespace ChwFhir.Chart;


/// <summary>Something that is otherwise than at the last visit.</summary>
/// <param name="Kind"><c>diagnosis</c>, <c>diagnosis-resolved</c>, <c>allergy</c>, <c>medicine-started</c>, <c>medicine-stopped</c>, <c>admission</c>, <c>emergency</c>, <c>observation</c>, <c>discharge</c>, <c>appointment-missed</c>,
/// <c>appointment-cancelled</c>, <c>summary</c>, <c>message-answered</c>, <c>message-closed</c>, <c>goal-added</c>, <c>goal-changed</c>, <c>plan-changed</c>, <c>referral-changed</c>, <c>directive</c>.</param>
/// <param name="Text">What it is about, in the words of its source.</param>
/// <param name="Now">What it is now, where that is a code: a status.</param>
/// <param name="By">Who did it, where that is known.</param>
/// <param name="Exact">False where the date is only when the chart last touched it.</param>
public sealed record Change(string Kind, string Text, InPlainWords? Plain, string? Before, string? Now, string? By, string? Date, bool Exact, FactSource Source);
