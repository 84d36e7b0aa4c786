namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>What a clinical statement says, as far as an after-visit summary is concerned.</summary>
internal enum EntryKind
{
    Other, Medication, Problem, DiagnosisAct, Concern, Goal, Instruction, PlannedEncounter, Planned, Encounter, Results, Group, Nutrition,
}
