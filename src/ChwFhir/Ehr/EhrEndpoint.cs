using ChwFhir.Fhir.Client;

namespace ChwFhir.Ehr;

/// <summary>
/// Whether it makes sense to speak to the EHR at all. Its troubles (no connection, token refused, too busy) pause it for every note at once; a token
/// that may read and not write pauses writes alone, and no read that works heals them. A person may stop the writes for as long as they like.
/// </summary>
public sealed class EhrEndpoint
{
    // "Busy" is a word of every day; said so often in a row it is trouble.
    private const int BusyForLong = 3;

    // So many notes in a row whose write got no clear answer: no longer a matter of one of them.
    private const int FailingNotes = 3;
    private const int PagesInARow = 3;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly EndpointSide reads;
    private readonly EndpointSide writes;
    private readonly HashSet<long> failing = [];
    private int pages;
    private EndpointStop? stop;
    private DateTimeOffset? answeredAt;
    private bool alarmed;
    private TaskCompletionSource resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EhrEndpoint(TimeProvider time, EndpointPauses pauses)
    {
        this.time = time;
        (reads, writes) = (new EndpointSide(pauses), new EndpointSide(pauses));
    }

    /// <summary>The alarm: told once when trouble begins, and once when it is over (null). Called while nobody else may change the state: be quick.</summary>
    public Action<EndpointTrouble?>? Alarm { get; init; }

    /// <summary>Told of each pause that begins: <c>reads</c> or <c>writes</c>, and why. Be as quick as with the alarm.</summary>
    public Action<string, EndpointTrouble>? Paused { get; init; }

    public EndpointState State
    {
        get
        {
            lock (gate)
            {
                var now = time.GetUtcNow();
                var rest = writes.Rest.Until > reads.Rest.Until || reads.Rest.Until is null ? writes.Rest : reads.Rest;
                if (stop is not null)
                    return new EndpointState(EndpointState.Stopped, stop.At, null, rest.Trouble, answeredAt, reads.Rest, writes.Rest, stop);
                var word = rest.Until is null ? EndpointState.Up : rest.Until > now ? EndpointState.Resting : EndpointState.Probing;
                return new EndpointState(word, rest.Since, rest.Until, rest.Trouble, answeredAt, reads.Rest, writes.Rest, null);
            }
        }
    }

    /// <summary>When it last answered anybody; null while it never has.</summary>
    public DateTimeOffset? AnsweredAt
    {
        get
        {
            lock (gate)
                return answeredAt;
        }
    }

    /// <summary>From when on a note may be brought to the EHR again; null while nothing is the matter. A time that is over: one may try.</summary>
    public DateTimeOffset? PausedUntil => State is var state && state.Reads.Until is { } read && !(state.Writes.Until > read) ? read : state.Writes.Until;

    /// <summary>From when on it may be asked again; null while nothing is the matter with asking.</summary>
    public DateTimeOffset? ReadsPausedUntil
    {
        get
        {
            lock (gate)
                return reads.Rest.Until;
        }
    }

    /// <summary>A pause is not over yet.</summary>
    public bool IsResting => PausedUntil > time.GetUtcNow();

    public bool ReadsRest => ReadsPausedUntil > time.GetUtcNow();

    /// <summary>Who stopped the writes; null while nobody has.</summary>
    public EndpointStop? Stopped
    {
        get
        {
            lock (gate)
                return stop;
        }
    }

    /// <summary>A person stops the writes. What is under way is ended and recorded; nothing further is sent.</summary>
    public EndpointStop Stop(string by)
    {
        lock (gate)
            return stop ??= new EndpointStop(by, time.GetUtcNow());
    }

    /// <summary>A stop that was made before this process began, or to another instance.</summary>
    public void Stop(EndpointStop before)
    {
        lock (gate)
            stop = before;
    }

    /// <summary>A person starts the writes again: the stop is lifted, and no pause is waited for any longer.</summary>
    public void Resume()
    {
        lock (gate)
        {
            stop = null;
            Recover();
            var waiting = resumed;
            resumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.SetResult();
        }
    }

    /// <summary>Completes when a person says <see cref="Resume"/> the next time.</summary>
    public Task WhenResumedAsync()
    {
        lock (gate)
            return resumed.Task;
    }

    /// <summary>Takes note of an answer to a question: of any caller.</summary>
    public void Observe(FhirAnswer answer)
    {
        lock (gate)
        {
            if (TroubleOf(answer) is { } trouble)
                Pause(reads, RetryAfter(answer), trouble);
            else if (answer is FhirAnswer.Done or FhirAnswer.Refused)
                Answered(reads);
        }
    }

    /// <summary>
    /// Something before the EHR answered with a page of its own, which says nothing of what was asked for. Several in a row with no answer of the EHR
    /// between them: it is out of reach. A single one does not keep everybody waiting.
    /// </summary>
    public void ObservePage()
    {
        lock (gate)
        {
            if (++pages >= PagesInARow)
                Pause(reads, null, EndpointTrouble.Pages);
        }
    }

    /// <summary>Takes note of an answer to a write.</summary>
    /// <param name="note">Our own number of the note.</param>
    public void ObserveWrite(FhirAnswer answer, long note)
    {
        lock (gate)
        {
            if (TroubleOf(answer) is { } trouble)
            {
                Pause(writes, RetryAfter(answer), trouble);
                // Busy, out of reach, failing: asking would be no better. A token that may not write may still read.
                if (answer is not FhirAnswer.Refused)
                    Pause(reads, RetryAfter(answer), trouble);
                return;
            }
            switch (answer)
            {
                case FhirAnswer.Done or FhirAnswer.Refused:
                    failing.Clear();
                    Answered(writes);
                    Answered(reads);
                    break;
                case { MayBeDone: true }:
                    failing.Add(note);
                    if (failing.Count >= FailingNotes)
                        Pause(writes, null, EndpointTrouble.WritesFail);
                    break;
            }
        }
    }

    /// <summary>Nothing can be asked: for so long, or as long as the number of pauses in a row says.</summary>
    public void Pause(TimeSpan? length, EndpointTrouble trouble)
    {
        lock (gate)
            Pause(reads, length, trouble);
    }

    /// <summary>Nothing can be written, whatever is answered to questions.</summary>
    public void PauseWrites(EndpointTrouble trouble)
    {
        lock (gate)
            Pause(writes, null, trouble);
    }

    private static EndpointTrouble? TroubleOf(FhirAnswer answer) => answer switch
    {
        FhirAnswer.Refused { Status: 401 } or FhirAnswer.Refused { Challenge: "insufficient_scope" or "invalid_token" } => EndpointTrouble.TokenRefused,
        // With an OperationOutcome it is about what was asked for: a merged chart leads on to the surviving one.
        FhirAnswer.Refused { Status: < 400, Outcome: null } => EndpointTrouble.Elsewhere,
        FhirAnswer.CircuitOpen => EndpointTrouble.Failing,
        FhirAnswer.Busy => EndpointTrouble.Busy,
        FhirAnswer.NotSent { NoToken: { } word } none => new EndpointTrouble(word, none.Why),
        FhirAnswer.NotSent { Sends: > 0, Why: not FhirAnswer.CallerLeft } none => EndpointTrouble.NoConnection(none.Why),
        _ => null,
    };

    private static TimeSpan? RetryAfter(FhirAnswer answer) => answer switch
    {
        FhirAnswer.CircuitOpen open => open.RetryAfter,
        FhirAnswer.Busy busy => busy.RetryAfter,
        FhirAnswer.NotSent none => none.RetryAfter,
        _ => null,
    };

    private void Pause(EndpointSide side, TimeSpan? told, EndpointTrouble trouble)
    {
        var before = side.Rest.Pauses;
        side.Pause(told, trouble, time.GetUtcNow());
        if (side.Rest.Pauses > before)
            Paused?.Invoke(side == reads ? "reads" : "writes", trouble);
        if (alarmed || (trouble == EndpointTrouble.Busy && side.Rest.Pauses < BusyForLong))
            return;
        alarmed = true;
        Alarm?.Invoke(trouble);
    }

    private void Answered(EndpointSide side)
    {
        answeredAt = time.GetUtcNow();
        pages = 0;
        side.Clear();
        CallOff();
    }

    private void Recover()
    {
        reads.Clear();
        writes.Clear();
        failing.Clear();
        pages = 0;
        CallOff();
    }

    private void CallOff()
    {
        if (!alarmed || reads.Rest.Until is not null || writes.Rest.Until is not null)
            return;
        alarmed = false;
        Alarm?.Invoke(null);
    }
}
