namespace ChwFhir.CareTeam;

internal enum ReplyFor { Chw, PatientCallNeeded }
