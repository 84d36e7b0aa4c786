using System.Buffers;
using System.IO.Pipelines;

namespace ChwFhir.Api.Mllp;

/// <summary>The framing of MLLP: a message stands between 0x0B and 0x1C 0x0D. What is outside of a frame is passed over.</summary>
internal sealed class MllpFrames(PipeReader reader, int maxBytes, TimeSpan idleTimeout, TimeSpan messageTimeout, TimeProvider time)
{
    public const byte Start = 0x0B;
    public const byte End = 0x1C;
    public const byte Return = 0x0D;

    /// <summary>The next message; null when the other side has gone. Of one that is too large what fits, and <see cref="IsCut"/>.</summary>
    /// <exception cref="OperationCanceledException">Nothing came for too long, a message did not end, or <paramref name="cancellationToken"/>.</exception>
    public async Task<byte[]?> NextAsync(CancellationToken cancellationToken)
    {
        if (!await FindStartAsync(cancellationToken))
            return null;

        using var late = new CancellationTokenSource(messageTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var looked = 0L;
        while (true)
        {
            var read = await reader.ReadAsync(either.Token);
            // A long message arrives in many pieces: each is looked through once, the last byte again, for it may be the first half of the end.
            if (EndOf(read.Buffer.Slice(looked)) is { } end)
            {
                var message = read.Buffer.Slice(0, end).ToArray();
                reader.AdvanceTo(read.Buffer.GetPosition(2, end));
                return message;
            }

            if (read.Buffer.Length > maxBytes)
            {
                IsCut = true;
                var start = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, 4096)).ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return start;
            }

            looked = Math.Max(0, read.Buffer.Length - 1);
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    /// <summary>The last message was longer than is taken; the rest of the connection is of no use.</summary>
    public bool IsCut { get; private set; }

    private async Task<bool> FindStartAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(idleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        while (true)
        {
            var read = await reader.ReadAsync(either.Token);
            if (read.Buffer.PositionOf(Start) is { } start)
            {
                reader.AdvanceTo(read.Buffer.GetPosition(1, start));
                return true;
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return false;
        }
    }

    private static SequencePosition? EndOf(ReadOnlySequence<byte> buffer)
    {
        var at = new SequenceReader<byte>(buffer);
        while (at.TryAdvanceTo(End, advancePastDelimiter: false))
        {
            var end = at.Position;
            at.Advance(1);
            if (at.TryPeek(out var next) && next == Return)
                return end;
        }

        return null;
    }
}
