namespace ChwFhir.Intake.Summaries;

public enum WarningAction
{
    CallClinic, CallNurseLine, CallHospice, GoToEd,
    [Word("call-911")] Call911,
}
