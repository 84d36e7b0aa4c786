namespace ChwFhir.Intake.Screenings;

/// <summary>Another item's answer is, or is not, a code (<c>enableWhen</c> with <c>=</c> or <c>!=</c>).</summary>
internal sealed record FormCondition(string Item, bool Is, string Answer);
