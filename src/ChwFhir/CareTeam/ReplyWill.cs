namespace ChwFhir.CareTeam;

internal enum ReplyWill { ICall, NurseCalls, Appointment, None }
