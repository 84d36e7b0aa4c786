namespace ChwFhir.Journeys.SmartApp;

/// <summary>The people of the sandbox.</summary>
internal enum Who
{
    Clinician,
    Nurse,
    SocialWorker,
    Supervisor,
    Chw,

    /// <summary>The same people without the EHR's sign-in.</summary>
    ChwSignedIn,
    NurseSignedIn,
    SocialWorkerSignedIn,
    SupervisorSignedIn,
}
