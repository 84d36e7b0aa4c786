using System.Diagnostics;
using ChwFhir.DeliveryTrial.Counting;
using ChwFhir.DeliveryTrial.Ehrs;
using ChwFhir.DeliveryTrial.Faults;
using ChwFhir.DeliveryTrial.Notes;
using ChwFhir.DeliveryTrial.Report;
using ChwFhir.DeliveryTrial.Service;

namespace ChwFhir.DeliveryTrial;

/// <summary>One pair of EHR and store: notes are sent while the line is bad and the service dies; when all has settled the charts are read and counted.</summary>
internal sealed class Trial(TrialSettings settings, string pair, string folder, TimeSpan bound)
{
    private readonly ServiceSettings service = new(settings.Factor);
    private readonly Random random = new(settings.Seed);
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private int kills;
    private int killsOfDatabase;

    public async Task<TrialResult> RunAsync(CancellationToken cancellationToken)
    {
        var patients = Enumerable.Range(1, (settings.Notes + settings.Visits - 1) / settings.Visits).Select(number => $"Patient/p{number}").ToList();
        await using var ehr = await StartEhrAsync(patients, cancellationToken);
        await using var kept = await StartStoreAsync();
        await using var line = await FaultingProxy.StartAsync(ehr.Base, new FaultRates(settings.Seed), service.RequestTimeout);
        await using var instances = new Instances(folder, kept, service.For(line.Base), new Random(settings.Seed));
        List<TrialNote> notes = [.. patients.SelectMany(patient => Enumerable.Range(1, settings.Visits).Select(visit => NoteMaker.Make(patient, visit, ehr.EncounterOf(patient, visit)))).Take(settings.Notes)];

        await instances.StartAsync(cancellationToken);
        line.SwitchFaults(settings.Faults);
        var began = clock.Elapsed;
        var sender = new Sender(instances, settings.Seed);
        var sending = sender.SendAsync(notes, settings.Phones, TimeSpan.FromSeconds(4 * settings.Kills), cancellationToken);
        await KillAsync(instances, kept, cancellationToken);
        await sending;
        Say($"all sent, {kills} kills; waiting until nothing is under way");
        await SettleAsync(instances, cancellationToken);
        var took = clock.Elapsed - began;

        var waiting = await instances.ListAsync("needs-attention", cancellationToken);
        List<Waiting> unfinished = [.. await instances.ListAsync("queued", cancellationToken), .. await instances.ListAsync("writing", cancellationToken)];
        var ledger = await LedgerReader.ReadAsync(instances, sender.Accepted.Keys, cancellationToken);
        await instances.KillAllAsync();
        line.SwitchFaults(false);
        Say("reading the charts");
        var filed = await ehr.ReadAsync(patients, cancellationToken);
        var counted = new ChartCount(ehr, notes, sender.Accepted, waiting, unfinished, filed).Count(
        [
            .. OrderCheck.Violations(sender.Accepted.Values, line.Journal.Documents, ledger, waiting.Select(note => note.NoteId).ToHashSet()),
            .. sender.Surprises.Select(surprise => new Violation("door", null, surprise)),
        ]);
        return new TrialResult(ehr.Name, kept, ehr.IsLenient, sender.Sent, sender.Accepted.Count, counted, kills, killsOfDatabase, line.Journal, took, ledger);
    }

    private async Task<ITrialEhr> StartEhrAsync(IReadOnlyList<string> patients, CancellationToken cancellationToken) => pair.Split('/')[0] switch
    {
        "lenient" => await LenientEhr.StartAsync(patients, cancellationToken),
        "strict" => await StrictEhr.StartAsync(Path.Combine(folder, "ehr"), patients, settings.Visits, cancellationToken),
        _ => throw new FormatException($"{pair} begins with no EHR of the trial."),
    };

    private async Task<ITrialStore> StartStoreAsync() => pair.Split('/')[^1] switch
    {
        "sqlite" => new SqliteStore(),
        "postgres" => await PostgresStore.StartAsync(),
        _ => throw new FormatException($"{pair} ends with no store of the trial."),
    };

    // At any moment: while notes come in, while they are written, just after a start. The database once, in the middle.
    private async Task KillAsync(Instances instances, ITrialStore kept, CancellationToken cancellationToken)
    {
        while (kills < settings.Kills && clock.Elapsed < bound)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(300, 5000)), cancellationToken);
            if (kills == settings.Kills / 2 && killsOfDatabase == 0 && await kept.KillAsync())
                killsOfDatabase++;
            await instances.KillOneAsync(cancellationToken);
            kills++;
        }
    }

    // Until nothing is under way, or the time is over.
    private async Task SettleAsync(Instances instances, CancellationToken cancellationToken)
    {
        for (var said = clock.Elapsed; ; await Task.Delay(500, cancellationToken))
        {
            var left = await instances.UnderWayAsync(cancellationToken) ?? throw new InvalidOperationException("The service does not answer any more.");
            if (left == 0 || clock.Elapsed > bound)
                return;
            if (clock.Elapsed - said < TimeSpan.FromSeconds(10))
                continue;
            said = clock.Elapsed;
            Say($"{left} under way");
        }
    }

    private void Say(string words) => Console.WriteLine(FormattableString.Invariant($"  {pair}, {clock.Elapsed.TotalSeconds:0} s: {words}"));
}
