namespace ChwFhir.SmartApp.SignIn;

/// <summary>Why somebody could not come in; the words for people are under <c>trouble.…</c>.</summary>
internal enum Trouble
{
    NotSetUp,
    UnlistedIssuer,
    BadLaunch,
    TooMany,
    ServerNotAnswering,
    ServerUnfit,
    NoCookie,
    Unknown,
    NotFromHere,
    OtherIssuer,
    Denied,
    CodeRefused,
    BadIdToken,
    NoPatient,
    NotStaff,
    NoRole,
    ScopesMissing,
}
