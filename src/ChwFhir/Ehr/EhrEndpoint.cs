using ChwFhir.Fhir.Client;

namespace ChwFhir.Ehr;

/// <summary>
/// Whether it makes sense to speak to the EHR at all. Trouble of the endpoint (no connection, token refused, too busy) pauses it for every note at once;
/// when the pause is over one caller goes ahead as a probe, and the others follow if it was answered.
/// </summary>
public sealed class EhrEndpoint(TimeProvider time, TimeSpan longestProbe)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    // A Retry-After may be a mistake (a date in the far future, a number that is no number of seconds): asking once an hour burdens nobody.
    private static readonly TimeSpan LongestTold = TimeSpan.FromHours(1);
    private readonly Lock gate = new();
    private EndpointState state = EndpointState.Up;
    private DateTimeOffset probeUntil;
    private DateTimeOffset? answeredAt;

    public EndpointState State
    {
        get
        {
            lock (gate)
            {
                return state;
            }
        }
    }

    /// <summary>When it last answered anybody; null while it never has.</summary>
    public DateTimeOffset? AnsweredAt
    {
        get
        {
            lock (gate)
            {
                return answeredAt;
            }
        }
    }

    /// <summary>When the next request may go; null when any may.</summary>
    public DateTimeOffset? PausedUntil => State.PausedUntil;

    /// <summary>Leave to send. After a pause one caller gets it until its answer is observed, or its time is over.</summary>
    public bool TryEnter()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (state.PausedUntil is not { } until)
            {
                return true;
            }

            if (now < until || now < probeUntil)
            {
                return false;
            }

            probeUntil = now + longestProbe;
            return true;
        }
    }

    /// <summary>Takes note of an answer: of any request, by any caller.</summary>
    public void Observe(FhirAnswer answer)
    {
        switch (answer)
        {
            case FhirAnswer.Refused { Status: 401 } or FhirAnswer.Refused { Challenge: "insufficient_scope" or "invalid_token" }:
                Pause(null, "the EHR does not accept the token");
                break;
            case FhirAnswer.Refused { Status: < 400 }:
                Pause(null, "the EHR sends requests elsewhere");
                break;
            case FhirAnswer.Done or FhirAnswer.Refused:
                Answered();
                Resume();
                break;
            case FhirAnswer.CircuitOpen open:
                Pause(open.RetryAfter, "the EHR fails again and again");
                break;
            case FhirAnswer.Busy busy:
                // "Come back at once", said again and again, is no pause.
                Pause(busy.RetryAfter < FirstPause ? null : busy.RetryAfter, "the EHR is busy");
                break;
            case FhirAnswer.NotSent { Sends: > 0, Why: not FhirAnswer.CallerLeft } none:
                Pause(null, none.Why);
                break;
            default:
                EndProbe();
                break;
        }
    }

    /// <param name="length">At most an hour. Null: a second, doubled each time up to two minutes.</param>
    /// <param name="why">Shown to supervisors; no patient data.</param>
    public void Pause(TimeSpan? length, string why)
    {
        lock (gate)
        {
            var pauses = state.Pauses + 1;
            var pause = length ?? FirstPause * Math.Pow(2, Math.Min(pauses - 1, 10));
            var longest = length is null ? LongestPause : LongestTold;
            var until = time.GetUtcNow() + (pause < longest ? pause : longest);
            state = new EndpointState(state.PausedUntil > until ? state.PausedUntil : until, why, pauses, state.Since ?? time.GetUtcNow());
            probeUntil = default;
        }
    }

    public void Resume()
    {
        lock (gate)
        {
            state = EndpointState.Up;
            probeUntil = default;
        }
    }

    private void Answered()
    {
        lock (gate)
        {
            answeredAt = time.GetUtcNow();
        }
    }

    /// <summary>Failed or lost: of one request's making perhaps; whether the endpoint fails is counted below, by the circuit breaker.</summary>
    private void EndProbe()
    {
        lock (gate)
        {
            probeUntil = default;
        }
    }
}
