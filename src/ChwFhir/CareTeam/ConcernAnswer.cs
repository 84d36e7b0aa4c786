namespace ChwFhir.CareTeam;

public enum ConcernAnswer
{
    Kept,

    NotAllowed,

    /// <summary>Nobody sets aside without saying why.</summary>
    NeedsReason,

    TooLong,

    /// <summary>The last visit says that it is over: there is nothing to confirm or to take on.</summary>
    Over,
}
