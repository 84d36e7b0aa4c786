using ChwFhir.Api.Host;
using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Api.Commands;

/// <summary>
/// <c>storage rotate</c>: seals with a new data key from here on, and wraps all data keys by the first of the keys in <c>Storage__Key</c>. A store in files
/// has to be free for it: its service is stopped; with PostgreSQL instances may run. Exit code 0: done; 2: nothing was changed.
/// </summary>
internal static class StorageCommand
{
    public const string Name = "storage";

    private const int NotDone = 2;
    private const string Usage = "storage rotate, with the settings of the service (Storage__KeyFile: the key in use first, former ones behind it)";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["rotate", .. var settings])
        {
            await Console.Error.WriteLineAsync(Usage);
            return NotDone;
        }
        try
        {
            // Opening it has wrapped all keys by the one in use.
            await using var app = StoreForCommand.Builder(settings).Build();
            var store = app.Services.GetRequiredService<NoteStore>();
            var before = await store.LookAtSealAsync(CancellationToken.None);
            await store.RotateKeyAsync(CancellationToken.None);
            Say(store.Place, before, await store.LookAtSealAsync(CancellationToken.None));
            return 0;
        }
        catch (StorageInUseException inUse)
        {
            await Console.Error.WriteLineAsync($"{inUse.Message} A store in files is rotated while its service is stopped.");
        }
        catch (Exception failure) when (StartTrouble.Explain(failure, ApiHost.DefaultUrl) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
        }
        return NotDone;
    }

    private static void Say(string place, StoreSeal before, StoreSeal now)
    {
        Console.Out.WriteLine($"{place} is sealed under master key {now.Master}.");
        Console.Out.WriteLine($"Data key {now.DataKey} seals from here on; data key {before.DataKey} and those before it open what they sealed.");
    }
}
