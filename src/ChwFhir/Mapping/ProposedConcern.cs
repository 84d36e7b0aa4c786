namespace ChwFhir.Mapping;

/// <summary>A concern that nobody stated and a screening's answers suggest.</summary>
/// <param name="From">The instruments.</param>
internal sealed record ProposedConcern(string Text, string[] From, bool Held);
