using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Client;
using ChwFhir.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.Audit;

/// <summary>
/// Sends this instance's records to the EHR as AuditEvent, where its statement takes them: at least once, in their order, a few at a time with pauses between
/// them, and not while its writes rest or a person has stopped them. No note ever waits for it.
/// </summary>
internal sealed partial class AuditDelivery(NoteStore store, AuditLog audit, EhrConnection ehr, Lazy<FhirValidation> promises, IOptions<AuditOptions> options, TimeProvider time, ILogger<AuditDelivery> logger) : BackgroundService
{
    private const string Type = "AuditEvent";
    private const int Bite = 20;
    private static readonly TimeSpan BetweenBites = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(5);

    private TimeSpan BetweenLooks => options.Value.SendEvery.Value;

    /// <summary>Sends the next few.</summary>
    /// <returns>How long to wait for the next look.</returns>
    public async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        if (ehr.Endpoint.Stopped is not null || ehr.Endpoint.IsResting || await ehr.CapabilitiesAsync(cancellationToken).ConfigureAwait(false) is not { } capabilities || !capabilities.Takes(Type, Interactions.Create))
            return BetweenLooks;

        var cursor = AuditCursors.Sent(audit.Chain);
        var place = await store.ReadAsync(session => AuditCursors.Of(session, cursor), cancellationToken).ConfigureAwait(false);
        var entries = await audit.ReadAsync(audit.Chain, place, Bite, cancellationToken).ConfigureAwait(false);
        var sent = place;
        foreach (var entry in entries)
        {
            if (entry.Record.IsUnreadable)
            {
                sent = entry.Number;
                continue;
            }
            var audited = AuditEvents.ForTheEhr(entry);
            // It stays in the log here, whose chain is what counts.
            if (promises.Value.Validate(audited) is { IsValid: false } found)
            {
                Log.NotValid(logger, string.Join(", ", found.Errors.Select(error => error.Rule).Distinct()));
                sent = entry.Number;
                continue;
            }
            var answer = await ehr.Client.CreateAsync(audited, null, cancellationToken).ConfigureAwait(false);
            if (answer is FhirAnswer.Done || answer is FhirAnswer.Refused { Status: 400 or 422 })
                sent = entry.Number;
            if (answer is FhirAnswer.Refused { Status: 401 or 403 or 404 or 405 })
                await ehr.LearnAsync(Type, Interactions.Create, cancellationToken).ConfigureAwait(false);
            if (answer is FhirAnswer.Refused)
                Log.Refused(logger, answer is FhirAnswer.Refused refused ? refused.Status : 0);
            if (sent != entry.Number)
                break;
        }
        if (sent > place)
            await store.WriteAsync(
                session =>
                {
                    if (AuditCursors.Lock(session, cursor) < sent)
                        AuditCursors.Move(session, cursor, sent);
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
        return sent < place + entries.Count ? AfterTrouble : entries.Count == Bite ? BetweenBites : BetweenLooks;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = BetweenLooks; options.Value.SendToEhr;)
        {
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
                return;
            try
            {
                wait = await RoundAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception notNow) when (notNow is StoreUnavailableException or InvalidDataException or UnsupportedFhirReleaseException or OperationCanceledException)
            {
                wait = AfterTrouble;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "An AuditEvent does not keep to {Rules}: it is not sent to the EHR.")]
        public static partial void NotValid(ILogger logger, string rules);

        [LoggerMessage(LogLevel.Warning, "The EHR refused an AuditEvent with {Status}.")]
        public static partial void Refused(ILogger logger, int status);
    }
}
