using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Client;

/// <summary>What came of one request: a closed list, told apart by the one question that matters afterwards, whether the server may have done it.</summary>
public abstract record FhirAnswer
{
    private FhirAnswer()
    {
    }

    /// <summary>The <c>Why</c> of a request that its own caller gave up.</summary>
    public const string CallerLeft = "the caller left";

    /// <summary>How often the request left for the server; 0 when it never did.</summary>
    public int Sends { get; init; }

    /// <summary>
    /// An earlier send of this write got no clear answer, so what stands here may be the answer to the echo of a write that was done:
    /// a 412 after it can be our own doing. Only writes that are safe to repeat are sent again at all.
    /// </summary>
    public bool AfterUnclearSend { get; init; }

    /// <summary>Nothing was done at the server, for certain.</summary>
    public bool SurelyNotDone => !AfterUnclearSend && this is Refused or Busy or NotSent or CircuitOpen;

    /// <summary>Nobody knows whether the server did it.</summary>
    public bool MayBeDone => this is Failed or Lost;

    /// <summary>2xx with what the request needs for an answer. A create that names no place where it went has no <paramref name="Location"/>.</summary>
    public sealed record Done(int Status, Resource? Resource, FhirLocation? Location) : FhirAnswer;

    /// <summary>3xx, 4xx (but 408, 425, 429) and 501: a definite no; nothing was done.</summary>
    /// <param name="Challenge">The scheme and error word of <c>WWW-Authenticate</c>, such as <c>insufficient_scope</c>; null without one.</param>
    public sealed record Refused(int Status, OperationOutcome? Outcome, BodyKind Body, string? Challenge = null) : FhirAnswer;

    /// <summary>425, 429 and 503: nothing was done, come again (after <paramref name="RetryAfter"/> where the server said when).</summary>
    public sealed record Busy(int Status, TimeSpan? RetryAfter) : FhirAnswer;

    /// <summary>408, 500, 502, 504 and other 5xx, and a 2xx whose body is not what was asked for: it may have been done.</summary>
    public sealed record Failed(int Status, OperationOutcome? Outcome, BodyKind Body) : FhirAnswer;

    /// <summary>No connection, no name, no TLS, or time ran out before the body was begun: surely nothing was done.</summary>
    public sealed record NotSent(string Why) : FhirAnswer
    {
        /// <summary>Where it was for want of a token: the word that <see cref="NoTokenException"/> gave; else null.</summary>
        public string? NoToken { get; init; }

        /// <summary>When it may be worth trying again, where that is known.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }

    /// <summary>Time ran out after the body had gone out, the connection was reset, the answer was cut: it may have been done.</summary>
    public sealed record Lost(string Why) : FhirAnswer;

    /// <summary>The endpoint has failed too often in a row and rests; this request was not sent.</summary>
    public sealed record CircuitOpen(TimeSpan RetryAfter) : FhirAnswer;
}
