using ChwFhir.Queue.Sealing;
using ChwFhir.Queue;
using System.Diagnostics;

namespace ChwFhir.Benchmarks;

/// <summary>
/// Taking a note, and claiming a patient and recording one write, while 1,000 and while 1,000,000 notes wait: two stores side by side, one after the other at each turn, one caller.
/// The notes that wait are put there by statements of their own, each for a patient of its own.
/// </summary>
internal static class LongQueueLoad
{
    private const string TheEhr = "https://ehr.example";
    private const int Few = 1_000;
    private const int Many = 1_000_000;
    private const int WarmUps = 100;
    private const int Turns = 800;

    public static async Task RunAsync(IReadOnlyList<string> providers)
    {
        foreach (var provider in providers.Count > 0 ? providers : [StorageOptions.Sqlite, StorageOptions.Postgres])
        {
            using var few = await SomeStore.OpenAsync(provider);
            using var many = await SomeStore.OpenAsync(provider);
            await FillAsync(few.Store, Few);
            await FillAsync(many.Store, Many);
            List<double> acceptFew = [], acceptMany = [], claimFew = [], claimMany = [];
            for (var turn = 0; turn < WarmUps + Turns; turn++)
            {
                var times = (await TimeAsync(few.Store, turn, AcceptAsync), await TimeAsync(many.Store, turn, AcceptAsync), await TimeAsync(few.Store, turn, ClaimAsync), await TimeAsync(many.Store, turn, ClaimAsync));
                if (turn < WarmUps)
                    continue;
                acceptFew.Add(times.Item1);
                acceptMany.Add(times.Item2);
                claimFew.Add(times.Item3);
                claimMany.Add(times.Item4);
            }
            Say(provider, "accept", acceptFew, acceptMany);
            Say(provider, "claim, intend, record, finish, release", claimFew, claimMany);
        }
    }

    private static void Say(string provider, string what, List<double> few, List<double> many) =>
        Console.WriteLine($"{provider}, {what}: {Middle(few):0} us while {Few:n0} wait, {Middle(many):0} us while {Many:n0} wait: {Middle(many) / Middle(few):0.00} x (goal: within 1.2)");

    private static async Task<double> TimeAsync(NoteStore store, int turn, Func<NoteStore, int, Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work(store, turn);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static Task AcceptAsync(NoteStore store, int turn) =>
        store.AcceptAsync(new IncomingNote(TheEhr, $"new {turn}", "visit-note", $"Patient/new-{turn}", $"Patient/new-{turn}", null, "hash", DateTimeOffset.UnixEpoch, new byte[100], []), default);

    private static async Task ClaimAsync(NoteStore store, int turn)
    {
        var claim = await store.ClaimAsync(TheEhr, "w", TimeSpan.FromMinutes(10), default) ?? throw new InvalidOperationException("Nothing waits.");
        var number = claim.Numbers[0];
        var intent = await store.IntendAsync(claim, new Intent(number, ["encounter"], "POST", "create", 1), default);
        await store.RecordAsync(claim, intent, new IntentOutcome(OutcomeWord.Done, 201, null, TimeSpan.Zero), [new ResourceRow("encounter", "Encounter", ResourceState.Written, "Encounter/1", "1", "created", null)], [], default);
        await store.FinishAsync(claim, number, NoteState.Written, null, true, [], default);
        await store.ReleaseAsync(claim, default);
    }

    private static async Task FillAsync(NoteStore store, int notes)
    {
        const int Bite = 20_000;
        await store.AcceptAsync(new IncomingNote(TheEhr, "first", "visit-note", "Patient/first", "Patient/first", null, "hash", DateTimeOffset.UnixEpoch, new byte[100], []), default);
        for (var from = 0; from < notes; from += Bite)
        {
            var (first, last) = (from, Math.Min(from + Bite, notes) - 1);
            await store.WriteAsync(session => Fill(session, first, last), default);
        }
        if (store.Shared)
            await store.WriteAsync(session => session.Execute("ANALYZE"), default);
    }

    private static int Fill(Session session, int first, int last)
    {
        // Nobody's keys are checked and nothing is counted while a million rows are made up.
        if (session.Database.Shared)
            session.Execute("SET LOCAL session_replication_role = replica");
        var texts = session.Database.TextsIn("$1");
        var numbers = Enumerable.Range(first, last - first + 1).ToList();
        // Their ids follow each other.
        var before = session.Row("SELECT MAX(id) FROM lane", row => row.GetInt64(0));
        session.Execute(
            $"WITH filling (patient) AS ({texts}) INSERT INTO lane (ehr_id, patient, due_at) SELECT 1, patient, $2 + row_number() OVER () FROM filling",
            Secret.Patient.Any(numbers.Select(i => $"Patient/{i}")), session.Now - Many + first);
        session.Execute(
            $"""
            WITH filling (id) AS ({texts}), numbered (id, i) AS (SELECT id, row_number() OVER () FROM filling)
            INSERT INTO note (ehr_id, id, kind, lane_id, patient, hash, state, received_at, updated_at, visit_at, visit_offset)
            SELECT 1, numbered.id, 'visit-note', lane.id, lane.patient, $3, 'queued', $2 + numbered.i, $2 + numbered.i, 0, 0 FROM numbered JOIN lane ON lane.id = $4 + numbered.i
            """,
            Secret.CallersId.Any(numbers.Select(i => $"fill{i}")), session.Now - Many + first, Secret.Hash.Of("h", RowName.Note(0)), before);
        return session.Execute("INSERT INTO note_input (number, body) SELECT number, $1 FROM note WHERE number > (SELECT MAX(number) FROM note) - $2", Secret.Input.Of("{}"u8.ToArray(), RowName.Note(0)), numbers.Count);
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
