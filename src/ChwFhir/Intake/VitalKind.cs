namespace ChwFhir.Intake;

public enum VitalKind { BloodPressure, HeartRate, RespiratoryRate, Temperature, OxygenSaturation, Weight, Height, Glucose }
