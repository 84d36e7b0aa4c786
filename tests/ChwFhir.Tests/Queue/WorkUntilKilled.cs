using ChwFhir.Queue;

namespace ChwFhir.Tests.Queue;

/// <summary>A process that takes notes in and writes them as fast as it can, and says on its output what it was promised.</summary>
internal static class WorkUntilKilled
{
    // Short: whoever comes after a killed process and cannot know that it is dead waits for the end of its leases.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    /// <param name="place">Folder or connection string.</param>
    public static async Task<int> RunAsync(string provider, string place, string round)
    {
        var store = await SomeStore.OpenAsync(Options(provider, place), TimeProvider.System);
        await Task.WhenAll([WriteAsync(store, "w1"), WriteAsync(store, "w2"), .. Enumerable.Range(0, 8).Select(caller => AcceptAsync(store, $"{round}-{caller}"))]);
        return 0;
    }

    public static StorageOptions Options(string provider, string place) => provider is StorageOptions.Postgres
        ? new StorageOptions { Provider = provider, ConnectionString = place, Key = SomeStore.TheKey }
        : new StorageOptions { Provider = provider, Directory = place };

    private static async Task AcceptAsync(NoteStore store, string caller)
    {
        for (var i = 0; ; i++)
        {
            var id = $"{caller}-{i}";
            await store.AcceptAsync(SomeStore.Note(id, $"Patient/p{i % 7}", Content(id)), default);
            Say($"accepted {id}");
        }
    }

    private static async Task WriteAsync(NoteStore store, string worker)
    {
        while (true)
        {
            await store.WaitForWorkAsync(SomeStore.TheEhr, default);
            if (await store.ClaimAsync(SomeStore.TheEhr, worker, Lease, default) is not { } claim) continue;
            try
            {
                await WriteAsync(store, claim);
            }
            catch (LeaseLostException)
            {
                // On a machine this slow the lease was too short; somebody else goes on.
            }
        }
    }

    private static async Task WriteAsync(NoteStore store, Claim claim)
    {
        foreach (var number in claim.Numbers.Take(3))
        {
            // What an ended process left open is looked for and found before anything is sent.
            foreach (var open in await store.OpenIntentsAsync(number, default)) await store.RecordAsync(claim, open.Id, Outcome(OutcomeWord.Found), [], [], default);
            var intent = await store.IntendAsync(claim, new Intent(number, ["encounter"], "POST", "create", 1), default);
            Say($"intended {number} {intent}");
            await store.RecordAsync(claim, intent, Outcome(OutcomeWord.Done), [new ResourceRow("encounter", "Encounter", ResourceState.Written, $"Encounter/{number}", "1", "created", null)], [], default);
            Say($"recorded {number} {intent}");
            await store.FinishAsync(claim, number, NoteState.Written, null, countsAsAttempt: true, [], default);
            Say($"written {number}");
        }
        await store.ReleaseAsync(claim, default);
    }

    public static string Content(string id) => $"{{\"id\":\"{id}\",\"narrative\":\"{new string('x', 3000)}\"}}";

    private static IntentOutcome Outcome(OutcomeWord word) => new(word, 201, null, TimeSpan.FromMilliseconds(1));

    private static void Say(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
