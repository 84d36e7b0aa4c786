namespace ChwFhir.Intake.Screenings;

internal enum FormItemType { Choice, Integer, Decimal, Text }
