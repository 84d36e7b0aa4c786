namespace ChwFhir.Intake;

public sealed record NotePatient : PersonRef
{
    /// <summary>What the caller knows of the patient, compared with the chart before anything is written.</summary>
    public PatientCheck? Check { get; init; }
}
