namespace ChwFhir.Intake;

public enum StepPerformer { Patient, Caregiver, Chw, Clinician, SocialWorker, Other }
