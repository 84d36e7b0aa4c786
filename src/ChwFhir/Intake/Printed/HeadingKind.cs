using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Printed;

/// <param name="Spanish">The words that it was known by are Spanish ones.</param>
internal sealed record HeadingKind(SectionBecomes Becomes, MedicationChange? Change = null, bool Spanish = false);
