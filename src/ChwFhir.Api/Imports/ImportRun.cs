using System.Threading.Channels;

namespace ChwFhir.Api.Imports;

/// <summary>One import: several documents under way at once, those of one patient in their order, and never more of them in memory than the hands hold.</summary>
/// <param name="take">Hands one document in and says what became of it.</param>
/// <param name="say">Is told of each document, several at once.</param>
internal sealed class ImportRun(Func<ImportDocument, CancellationToken, Task<ImportResult>> take, Func<ImportResult, CancellationToken, Task> say)
{
    private const int Hands = 8;
    private const int Held = 2;

    public async Task RunAsync(IAsyncEnumerable<ImportItem> items, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hands = Enumerable.Range(0, Hands).Select(_ => Channel.CreateBounded<ImportItem>(Held)).ToArray();
        var work = Task.WhenAll(hands.Select(hand => WorkAsync(hand.Reader, ending)));
        try
        {
            await foreach (var item in items.WithCancellation(ending.Token))
                await (item.Document is { } document ? hands[HandOf(document.Lane)].Writer.WriteAsync(item, ending.Token).AsTask() : say(item.Refusal!, ending.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A hand has stopped; why is told by it.
        }
        finally
        {
            foreach (var hand in hands)
                hand.Writer.TryComplete();
        }
        await work;
    }

    private async Task WorkAsync(ChannelReader<ImportItem> mine, CancellationTokenSource ending)
    {
        try
        {
            await foreach (var item in mine.ReadAllAsync(ending.Token))
                await say(await take(item.Document!, ending.Token) with { File = item.File, Line = item.Line, Message = item.Message }, ending.Token);
        }
        catch
        {
            await ending.CancelAsync();
            throw;
        }
    }

    private static int HandOf(string patient) => (int)((uint)string.GetHashCode(patient, StringComparison.Ordinal) % Hands);
}
