namespace ChwFhir.CareTeam;

internal enum CloseOutcome { PatientReached, NotReached, NotNeeded, HandedOn }
