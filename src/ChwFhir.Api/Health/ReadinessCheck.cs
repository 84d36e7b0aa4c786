using ChwFhir.Queue;

namespace ChwFhir.Api.Health;

/// <summary>Asks the store and the EHR; neither may keep the asker waiting.</summary>
internal sealed class ReadinessCheck(NoteStore store, OurEhr ehr)
{
    public const string Ok = "ok";
    private const string Degraded = "degraded";
    private const string Unavailable = "unavailable";

    public async Task<Readiness> LookAsync(CancellationToken cancellationToken)
    {
        var storeAnswers = await StoreAnswersAsync(cancellationToken);
        return new Readiness(storeAnswers ? Ok : Unavailable, storeAnswers ? Ok : Unavailable, Ok);
    }

    private async Task<bool> StoreAnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.CountAsync(ehr.Id, cancellationToken);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}
