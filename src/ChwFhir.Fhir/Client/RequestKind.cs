namespace ChwFhir.Fhir.Client;

/// <summary>How far a request may be repeated.</summary>
internal enum RequestKind
{
    /// <summary>Asks only: repeated freely.</summary>
    Read,

    /// <summary>PUT with <c>If-Match</c>, POST with a honoured <c>If-None-Exist</c>: repeated, but not while the first may still be running.</summary>
    RepeatableWrite,

    /// <summary>Any other write: repeated only after what surely did nothing.</summary>
    SingleWrite,
}
