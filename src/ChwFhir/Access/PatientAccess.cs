namespace ChwFhir.Access;

/// <summary>The one place that says whether a caller may see a patient.</summary>
public sealed class PatientAccess
{
    /// <param name="patient"><c>Patient/x</c> of this EHR.</param>
    public ValueTask<PatientAnswer> MayReadAsync(Caller caller, string patient, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(caller.IsAny(Role.Chw, Role.Clinician, Role.Nurse, Role.SocialWorker, Role.Supervisor) ? PatientAnswer.Yes : PatientAnswer.NotAllowed);
    }
}
