using System.Diagnostics.Metrics;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.Ehr;

/// <summary>The other side: which EHR it is, how to speak to it, whether it can be reached, what it takes. One for the process.</summary>
public sealed partial class EhrConnection : IDisposable
{
    /// <summary>How long a refusal of a whole type is remembered.</summary>
    public static readonly TimeSpan LearnedFor = TimeSpan.FromHours(24);

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);
    private readonly EhrOptions options;
    private readonly EhrNarrowing? narrowing;
    private readonly LearnedMemory memory;
    private readonly TokenScopes scopes;
    private readonly TimeProvider time;
    private readonly ILogger<EhrConnection> logger;
    private readonly Meter meter = new(FhirTelemetry.Name);
    private readonly SemaphoreSlim gate = new(1);
    private volatile Known? known;
    private DateTimeOffset notBefore;

    public EhrConnection(FhirClient client, FhirClientOptions clientOptions, IOptions<EhrOptions> options, EndpointPauses pauses, LearnedMemory memory, TokenScopes scopes, TimeProvider time, ILogger<EhrConnection> logger)
    {
        this.options = options.Value;
        this.memory = memory;
        this.scopes = scopes;
        this.time = time;
        this.logger = logger;
        narrowing = this.options.Capabilities is { } path ? EhrNarrowing.Load(path).Narrowing : null;
        Client = client;
        LongestCall = clientOptions.LongestCall;
        Id = client.BaseUrl.AbsoluteUri.TrimEnd('/');
        var troubles = meter.CreateCounter<long>("chwfhir.ehr.troubles", "{trouble}", "Troubles of the EHR as a whole, by what they began with.");
        var pauseCount = meter.CreateCounter<long>("chwfhir.ehr.pauses", "{pause}", "Times that reads or writes began to be held back, by why.");
        Endpoint = new EhrEndpoint(time, pauses)
        {
            Paused = (side, trouble) => pauseCount.Add(1, new KeyValuePair<string, object?>("side", side), new KeyValuePair<string, object?>("trouble", trouble.Word)),
            Alarm = trouble =>
            {
                if (trouble is null)
                {
                    Log.Recovered(logger);
                    return;
                }
                troubles.Add(1, new KeyValuePair<string, object?>("trouble", trouble.Word));
                Log.Troubled(logger, trouble.Word, trouble.Why);
            },
        };
        meter.CreateObservableGauge("chwfhir.ehr.held", Held, description: "1 while reads or writes are held back by the EHR's trouble, or the writes are stopped by a person.");
        meter.CreateObservableGauge("chwfhir.ehr.paused", () => Endpoint.ReadsPausedUntil is null ? 0 : 1, description: "1 while requests to the EHR are held back.");
        meter.CreateObservableGauge("chwfhir.ehr.writes.paused", () => Endpoint.PausedUntil is null && Endpoint.Stopped is null ? 0 : 1, description: "1 while writes to the EHR are held back, by its trouble or by a person.");
    }

    /// <summary>The base URL in one spelling: notes, ledger and what was learned belong to it.</summary>
    public string Id { get; }

    public FhirClient Client { get; }

    public EhrEndpoint Endpoint { get; }

    /// <summary>The base URL leads to a server of another release; null while that was not seen.</summary>
    public UnsupportedFhirReleaseException? WrongRelease { get; private set; }

    /// <summary>What the EHR was seen not to take, as of the last reading of its capabilities.</summary>
    public LearnedCapabilities Learned => known?.Learned ?? LearnedCapabilities.None;

    /// <summary>No call of <see cref="Client"/> takes longer once it has a free slot.</summary>
    public TimeSpan LongestCall { get; }

    /// <summary>
    /// What the EHR takes, from a copy at most an hour old; an older one when the EHR cannot be asked just now.
    /// Null when it was never reached or speaks another release: <see cref="Endpoint"/> says why.
    /// </summary>
    public async Task<EhrCapabilities?> CapabilitiesAsync(CancellationToken cancellationToken)
    {
        if (known is { } fresh && time.GetUtcNow() < fresh.Until && ReferenceEquals(fresh.Granted, scopes.Granted))
        {
            return fresh.Capabilities;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            if (time.GetUtcNow() >= (known?.Until ?? notBefore))
            {
                await AskAsync(cancellationToken);
            }
            else if (known is { } before && !ReferenceEquals(before.Granted, scopes.Granted))
            {
                // A new token that may do something else than the one before it.
                await WeighAsync(before.Statement, before.NoteTypes, before.Until, cancellationToken);
            }

            return known?.Capabilities;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Asks the EHR now, whatever is known or rests, and leaves all of that as it is: for a person who wants to see.</summary>
    /// <exception cref="UnsupportedFhirReleaseException">Another release than R4.</exception>
    public async Task<EhrLook> LookAsync(CancellationToken cancellationToken)
    {
        var learned = new LearnedCapabilities(await memory.LoadAsync(Id, cancellationToken)).At(time.GetUtcNow());
        return await Client.CapabilitiesAsync(cancellationToken) switch
        {
            FhirAnswer.Done { Resource: CapabilityStatement statement } answer => new EhrLook(answer, Weigh(statement, await NoteTypes.AskAsync(Client, statement, cancellationToken), learned, scopes.Granted), learned),
            FhirAnswer.Done { Resource: { } other } => throw Another(other),
            var trouble => new EhrLook(trouble, null, learned),
        };
    }

    /// <summary>An answer has shown that the EHR does not take this at all: nothing of the kind is tried for a day, in this process or the next.</summary>
    public async Task LearnAsync(string type, string interaction, CancellationToken cancellationToken)
    {
        var entry = new NotTaken(type, interaction, time.GetUtcNow() + LearnedFor);
        await memory.SaveAsync(Id, entry, cancellationToken);
        Log.Learned(logger, type, interaction);
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (known is { } before)
            {
                await WeighAsync(before.Statement, before.NoteTypes, before.Until, cancellationToken);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The EHR has surprised us: its statement is read again when next asked for.</summary>
    public void AskAgain()
    {
        if (known is { } before)
        {
            known = before with { Until = time.GetUtcNow() };
        }
    }

    public void Dispose()
    {
        meter.Dispose();
        gate.Dispose();
        Client.Dispose();
    }

    private IEnumerable<Measurement<int>> Held()
    {
        var state = Endpoint.State;
        yield return Of("reads", state.Reads.Until is not null);
        yield return Of("writes", state.Writes.Until is not null);
        yield return Of("stopped", state.Stop is not null);

        static Measurement<int> Of(string what, bool held) => new(held ? 1 : 0, new KeyValuePair<string, object?>("what", what));
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        var answer = await Client.CapabilitiesAsync(cancellationToken);
        Endpoint.Observe(answer);
        switch (answer)
        {
            case FhirAnswer.Done { Resource: CapabilityStatement statement }:
                await WeighAsync(statement, await NoteTypes.AskAsync(Client, statement, cancellationToken), time.GetUtcNow() + options.CapabilitiesRefresh, cancellationToken);
                break;
            case FhirAnswer.Done { Resource: { } other }:
                Unusable(Another(other));
                break;
            default:
                Later();
                // Nothing can be planned for a server of which nothing is known: all notes wait for the next reading, not each for itself.
                if (known is null && Endpoint.PausedUntil is null)
                    Endpoint.Pause(AskAgainAfter, EndpointTrouble.SaysNothing);
                Log.NotRead(logger, answer.GetType().Name);
                break;
        }
    }

    private static UnsupportedFhirReleaseException Another(Resource statement) => new(statement.TypeName == "Conformance" ? "DSTU2" : "of an unknown release");

    private async Task WeighAsync(CapabilityStatement statement, IReadOnlySet<string>? noteTypes, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var learned = new LearnedCapabilities(await memory.LoadAsync(Id, cancellationToken)).At(now);
        var granted = scopes.Granted;
        try
        {
            var capabilities = Weigh(statement, noteTypes, learned, granted);
            var runsOut = learned.NotTaken.Select(entry => entry.Until).Append(until).Min();
            known = new Known(statement, capabilities, learned, noteTypes, granted, runsOut);
            WrongRelease = null;
        }
        catch (UnsupportedFhirReleaseException wrong)
        {
            Unusable(wrong);
        }
    }

    private EhrCapabilities Weigh(CapabilityStatement statement, IReadOnlySet<string>? noteTypes, LearnedCapabilities learned, GrantedScopes? granted)
    {
        var weighed = EhrCapabilities.From(statement, narrowing, learned, granted);
        return weighed with { TransactionEntries = options.TransactionEntries, Forms = weighed.Forms with { NoteTypes = noteTypes, NoOwnProfiles = weighed.Forms.NoOwnProfiles || !options.ClaimOwnProfiles } };
    }

    private void Unusable(UnsupportedFhirReleaseException wrong)
    {
        known = null;
        WrongRelease = wrong;
        Later();
        Endpoint.Pause(TimeSpan.FromMinutes(1), EndpointTrouble.WrongRelease(wrong.Message));
        Log.WrongRelease(logger, wrong.Release);
    }

    /// <summary>What is known stays in use; the EHR is not asked by everybody who comes along.</summary>
    private void Later()
    {
        notBefore = time.GetUtcNow() + AskAgainAfter;
        known = known is { } before ? before with { Until = notBefore } : null;
    }

    private sealed record Known(CapabilityStatement Statement, EhrCapabilities Capabilities, LearnedCapabilities Learned, IReadOnlySet<string>? NoteTypes, GrantedScopes? Granted, DateTimeOffset Until);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The EHR is in trouble ({Trouble}): {Why}. Notes wait; it is tried again from time to time.")]
        public static partial void Troubled(ILogger logger, string trouble, string why);

        [LoggerMessage(Level = LogLevel.Information, Message = "The EHR answers again.")]
        public static partial void Recovered(ILogger logger);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The EHR does not take {Type} {Interaction}; it is not tried again for 24 hours.")]
        public static partial void Learned(ILogger logger, string type, string interaction);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The EHR's capabilities could not be read: {Answer}.")]
        public static partial void NotRead(ILogger logger, string answer);

        [LoggerMessage(Level = LogLevel.Error, Message = "The EHR speaks FHIR {Release}; this service speaks R4 (4.0.1). Ehr:BaseUrl must be the EHR's R4 base.")]
        public static partial void WrongRelease(ILogger logger, string release);
    }
}
