namespace ChwFhir.Intake.Printed;

/// <summary>What the part under a heading becomes; all of it stands in the document's text besides.</summary>
internal enum SectionBecomes { Text, Instruction, Medicine, Warning, FollowUp, PendingTest, Goal, Concern, Diagnosis, Reason }
