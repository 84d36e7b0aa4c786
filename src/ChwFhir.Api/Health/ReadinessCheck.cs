using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Queue;

namespace ChwFhir.Api.Health;

/// <summary>Asks the store and the EHR; neither may keep the asker waiting, and the EHR is not asked more often than it should be.</summary>
internal sealed class ReadinessCheck(NoteStore store, EhrConnection ehr, TimeProvider clock)
{
    public const string Ok = "ok";
    private const string Degraded = "degraded";
    private const string Resting = "resting";
    private const string Unavailable = "unavailable";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _asking = new(1);
    private (DateTimeOffset Until, string Answer) _ehr;

    public async Task<Readiness> LookAsync(CancellationToken cancellationToken)
    {
        if (!await StoreTakesNotesAsync(cancellationToken))
            return new Readiness(Unavailable, Unavailable, _ehr.Answer ?? Unavailable);

        var answer = await EhrAsync(cancellationToken);
        return new Readiness(answer == Ok ? Ok : Degraded, Ok, answer);
    }

    private async Task<bool> StoreTakesNotesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.ProbeAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
            return true;
        }
        catch (Exception no) when (no is StoreUnavailableException or TimeoutException)
        {
            return false;
        }
    }

    private async Task<string> EhrAsync(CancellationToken cancellationToken)
    {
        if (ehr.Endpoint.IsResting)
            return Resting;

        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (clock.GetUtcNow() >= _ehr.Until)
                _ehr = (clock.GetUtcNow() + AskAgainAfter, await AskAsync(cancellationToken));
            return _ehr.Answer;
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var answer = await ehr.Client.CapabilitiesAsync(patience.Token);
            ehr.Endpoint.Observe(answer);
            return answer switch
            {
                FhirAnswer.Done => Ok,
                FhirAnswer.CircuitOpen => Resting,
                _ => Unavailable,
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unavailable;
        }
    }
}
