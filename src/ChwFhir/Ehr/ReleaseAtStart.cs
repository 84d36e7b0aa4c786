using Microsoft.Extensions.Hosting;

namespace ChwFhir.Ehr;

/// <summary>A base URL that leads to another FHIR release stops the start: no note could ever be written there. An EHR that has not answered after five seconds does not.</summary>
internal sealed class ReleaseAtStart(EhrConnection ehr, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        try
        {
            await ehr.CapabilitiesAsync(either.Token);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The worker asks again.
        }

        if (ehr.WrongRelease is { } wrong)
            throw wrong;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
