namespace ChwFhir.Chart;


public sealed record ReasonFact(string Text, InPlainWords? Plain);
