namespace ChwFhir.Intake.Screenings;

/// <param name="Score">What the answer counts.</param>
/// <param name="Exclusive">It cannot stand beside another answer.</param>
/// <param name="Need">The answer says that something is missing.</param>
internal sealed record FormOption(string Code, string Display, decimal? Score, bool Exclusive, FormNeed? Need);
