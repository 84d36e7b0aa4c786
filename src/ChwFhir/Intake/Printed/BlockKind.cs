namespace ChwFhir.Intake.Printed;

internal enum BlockKind { Heading, Paragraph, Item, Row }
