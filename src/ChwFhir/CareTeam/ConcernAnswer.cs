namespace ChwFhir.CareTeam;

public enum ConcernAnswer
{
    Kept,

    NotAllowed,

    /// <summary>Nobody sets aside without saying why.</summary>
    NeedsReason,

    TooLong,
}
