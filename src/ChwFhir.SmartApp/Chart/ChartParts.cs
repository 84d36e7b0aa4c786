using ChwFhir.Fhir.Model;

namespace ChwFhir.SmartApp.Chart;

/// <summary>What the EHR shows this user of the launched patient.</summary>
public sealed record ChartParts(Part<Patient> Patient, Part<Goal> Goals, Part<CarePlan> Plans, Part<Communication> Communications, Part<DocumentReference> Documents);
