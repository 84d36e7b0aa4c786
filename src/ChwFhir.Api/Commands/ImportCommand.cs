using System.Text.Json;
using ChwFhir.Api.Host;
using ChwFhir.Api.Imports;

namespace ChwFhir.Api.Commands;

/// <summary>
/// <c>import FILE…</c>: brings files and folders of any form in through the running service, or one that is started for it. Broken off, it goes on where it was.
/// Exit code 0: everything is kept; 1: something was refused, the report says what and why; 2: it could not be done.
/// </summary>
internal static class ImportCommand
{
    public const string Name = "import";

    private const int SomeRefused = 1;
    private const int NotDone = 2;
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public static async Task<int> RunAsync(string[] args)
    {
        using var broken = new CancellationTokenSource();
        ConsoleCancelEventHandler stop = (_, pressed) =>
        {
            pressed.Cancel = true;
            broken.Cancel();
        };
        Console.CancelKeyPress += stop;
        string? urls = null;
        try
        {
            var order = ImportOrder.Read(args);
            var files = ImportFiles.Find(order.Paths);
            await using var service = await ImportService.FindAsync([.. order.Settings], order.Token, found => urls = found, broken.Token);
            return await RunAsync(order, files, service, broken.Token);
        }
        catch (OperationCanceledException) when (broken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Broken off. Started again with the same journal, the import goes on from here.");
        }
        catch (HttpRequestException gone)
        {
            await Console.Error.WriteLineAsync($"The service does not answer any more ({gone.HttpRequestError}). Started again with the same journal, the import goes on from here.");
        }
        catch (Exception wrong) when (wrong is FormatException or FileNotFoundException or UnauthorizedAccessException || (wrong is IOException && StartTrouble.Explain(wrong, urls) is null))
        {
            await Console.Error.WriteLineAsync(wrong.Message);
        }
        catch (Exception failure) when (StartTrouble.Explain(failure, urls) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
        }
        finally
        {
            Console.CancelKeyPress -= stop;
        }
        return NotDone;
    }

    private static async Task<int> RunAsync(ImportOrder order, ImportFiles files, ImportService service, CancellationToken cancellationToken)
    {
        var totals = new ImportTotals();
        var sender = new ImportSender(service.Http, TimeProvider.System);
        var goesOn = File.Exists(order.Journal);
        await using var journal = new ImportJournal(order.Journal);
        await using var report = new FileStream(order.Report, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        using var one = new SemaphoreSlim(1);

        await ImportProgress.ShowAsync(files.Bytes, totals, async passed => await new ImportRun(TakeAsync, SayAsync).RunAsync(new ImportReading(order, passed).ReadAsync(files, cancellationToken), cancellationToken));

        foreach (var name in files.LeftOut.Take(20))
            await Console.Error.WriteLineAsync($"left out, no form that is taken: {name}");
        if (files.LeftOut.Count > 0)
            await Console.Error.WriteLineAsync($"{files.LeftOut.Count} left out in all; taken are {string.Join(", ", FileForms.Extensions)}");
        Console.Out.WriteLine($"{totals}. Each has its line in {order.Report}.");
        return totals.Refused == 0 ? 0 : SomeRefused;

        async Task<ImportResult> TakeAsync(ImportDocument document, CancellationToken ct)
        {
            var name = ImportJournal.NameOf(service.Http.BaseAddress!, document);
            if (journal.Has(name))
                return new ImportResult(0, 0, null);
            var result = await sender.SendAsync(document, ct);
            if (result.IsKept)
                await journal.AddAsync(name, ct);
            return result;
        }

        async Task SayAsync(ImportResult result, CancellationToken ct)
        {
            if (result.Status == 0)
            {
                totals.CountBefore();
                return;
            }
            totals.Count(result);
            await one.WaitAsync(ct);
            try
            {
                await report.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(result, JsonSerializerOptions.Web), .. LineEnd], ct);
                await report.FlushAsync(ct);
            }
            finally
            {
                one.Release();
            }
        }
    }
}
