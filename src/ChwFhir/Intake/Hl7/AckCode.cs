namespace ChwFhir.Intake.Hl7;

/// <summary>What an acknowledgement says (table 0008): taken, refused for what it says, refused for what it is.</summary>
public enum AckCode { Accept, Error, Reject }
