namespace ChwFhir.SmartApp.Visits;

public enum DiffKind { Same, Gone, New }
