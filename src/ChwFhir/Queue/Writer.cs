using System.Threading.Channels;
using ChwFhir.Queue.Databases;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Queue;

/// <summary>
/// One writing connection and its thread. Whatever waits when it is free becomes one transaction, as large as the database likes them.
/// A connection that breaks is replaced at the next write.
/// </summary>
internal sealed partial class Writer : IDisposable
{
    private const int Attempts = 8;

    private readonly Channel<WriteCommand> _line;
    private readonly ChannelReader<WriteCommand> _waiting;
    private readonly WaitingReceipts? _receipts;
    private readonly Database _database;
    private readonly TimeProvider _clock;
    private readonly Action _lanesChanged;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private Session? _session;

    /// <param name="receipts">Notes that are taken together; null where everything that waits is.</param>
    public Writer(int number, Channel<WriteCommand> line, WaitingReceipts? receipts, Database database, TimeProvider clock, Action lanesChanged, ILogger log)
    {
        (_line, _waiting, _receipts) = (line, line.Reader, receipts);
        (_database, _clock, _lanesChanged, _log) = (database, clock, lanesChanged, log);
        _thread = new Thread(Run) { IsBackground = true, Name = $"ChwFhir store {number}" };
        _thread.Start();
    }

    /// <summary>Waits for the end of the line.</summary>
    public void Dispose()
    {
        _thread.Join();
        _session?.Dispose();
    }

    private void Run()
    {
        var largest = _database.Writing.LargestGroup;
        var group = new List<WriteCommand>(largest);
        while (_waiting.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < largest && _waiting.TryRead(out var command)) group.Add(command);
            if (group is [ReceiptsWait]) _receipts!.Serve(Take);
            else if (group.Count > 0) Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<WriteCommand> group)
    {
        var began = _clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var mayBeBroken = _session is not null;
            try
            {
                Write(group);
                break;
            }
            catch (Exception e) when (mayBeBroken && StorageTrouble.IsOfConnection(e) && _session is { Answered: false })
            {
                // It may have broken while nobody looked, with its database restarted: nothing is lost by one more try on a fresh one.
                Close();
            }
            catch (Exception e) when (attempt < Attempts && _database.IsRace(e))
            {
                Log.Again(_log, StorageTrouble.Code(e));
                TakeBack();
            }
            catch (Exception e)
            {
                Fail(group, e);
                return;
            }
        }

        StoreTelemetry.Committed(group.Count, _clock.GetElapsedTime(began));
        foreach (var command in group) command.Tell();
        if (_session!.LanesChanged) _lanesChanged();
    }

    private void Write(List<WriteCommand> group)
    {
        var session = Begin();
        if (group is [var only])
        {
            if (only.Run(session)) session.Commit();
            else session.Rollback();
            return;
        }
        foreach (var command in group) command.RunAmongOthers(session);
        session.Commit();
    }

    // One that cannot be taken with the others holds none of them up.
    private void Take(List<ReceiptCommand> receipts)
    {
        var began = _clock.GetTimestamp();
        for (var mayBeBroken = _session is not null; ; mayBeBroken = false)
        {
            try
            {
                var alone = WriteTogether(receipts);
                StoreTelemetry.Committed(receipts.Count - alone.Count, _clock.GetElapsedTime(began));
                foreach (var receipt in receipts.Except(alone)) receipt.Tell();
                if (_session!.LanesChanged) _lanesChanged();
                TakeAlone(alone);
                return;
            }
            catch (Exception e) when (mayBeBroken && StorageTrouble.IsOfConnection(e) && _session is { Answered: false })
            {
                Close();
            }
            catch (Exception e) when (StorageTrouble.IsOfConnection(e))
            {
                Fail([.. receipts], e);
                return;
            }
            catch (Exception e)
            {
                Log.Apart(_log, receipts.Count, StorageTrouble.Code(e));
                TakeBack();
                TakeAlone(receipts);
                return;
            }
        }
    }

    /// <returns>Those that were not taken.</returns>
    private List<ReceiptCommand> WriteTogether(List<ReceiptCommand> receipts)
    {
        var session = Begin();
        var wanted = receipts.FindAll(receipt => receipt.IsWanted());
        var acceptances = ManyReceipts.Take(session, [.. wanted.Select(receipt => receipt.Arriving)]);
        if (Array.TrueForAll(acceptances, acceptance => acceptance is null)) session.Rollback();
        else session.Commit();

        List<ReceiptCommand> alone = [];
        foreach (var (receipt, acceptance) in wanted.Zip(acceptances))
        {
            if (acceptance is null) alone.Add(receipt);
            else receipt.Done(acceptance);
        }
        return alone;
    }

    // Whichever writer has time; at the end, when the line is closed, this one.
    private void TakeAlone(List<ReceiptCommand> receipts)
    {
        foreach (var receipt in receipts)
            if (!_line.Writer.TryWrite(receipt)) Commit([receipt]);
    }

    private void Fail(IReadOnlyList<WriteCommand> group, Exception e)
    {
        // Closing rolls back whatever the database has not rolled back itself; the next group starts on a fresh connection.
        Log.GroupFailed(_log, group.Count, e.GetType().Name, StorageTrouble.Code(e));
        Close();
        foreach (var command in group) command.Fail(StorageTrouble.From(e));
    }

    private Session Begin()
    {
        _session ??= Session.Open(_database, _clock, readOnly: false);
        _session.Begin();
        return _session;
    }

    private void TakeBack()
    {
        try
        {
            _session?.Rollback();
        }
        catch (Exception e) when (StorageTrouble.Is(e))
        {
            Close();
        }
    }

    // A connection that cannot even be closed must not take its writer with it: callers would wait for ever.
    private void Close()
    {
        var broken = _session;
        _session = null;
        try
        {
            broken?.Dispose();
        }
        catch (Exception e) when (StorageTrouble.Is(e))
        {
            Log.NotClosed(_log, StorageTrouble.Code(e));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A connection to the store could not be closed (code {Code}); the next commit opens another.")]
        public static partial void NotClosed(ILogger log, string? code);

        [LoggerMessage(LogLevel.Error, "A commit of {Commands} writes failed ({Error}, code {Code}); their callers were told to come again.")]
        public static partial void GroupFailed(ILogger log, int commands, string error, string? code);

        [LoggerMessage(LogLevel.Debug, "{Receipts} notes could not be taken together (code {Code}); each is taken by itself.")]
        public static partial void Apart(ILogger log, int receipts, string? code);

        [LoggerMessage(LogLevel.Debug, "Another instance was faster (code {Code}); the write is done again.")]
        public static partial void Again(ILogger log, string? code);
    }
}
