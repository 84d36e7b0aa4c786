using System.Buffers;
using System.IO.Pipelines;

namespace ChwFhir.Api.Mllp;

/// <summary>
/// The framing of MLLP: a message stands between 0x0B and 0x1C 0x0D. What is outside of a frame is passed over. Neither 0x0B nor 0x1C is ever part of a message:
/// two messages whose frames are damaged are never read as one.
/// </summary>
internal sealed class MllpFrames(PipeReader reader, int maxBytes, MllpOptions options, TimeProvider time)
{
    public const byte Start = 0x0B;
    public const byte End = 0x1C;
    public const byte Return = 0x0D;
    private const byte LineFeed = 0x0A;

    private bool _isStarted;
    private bool _isFirst = true;

    /// <summary>The next message; null when the other side has gone.</summary>
    /// <exception cref="OperationCanceledException">Nothing came for too long, a message did not end, or <paramref name="cancellationToken"/>.</exception>
    public async Task<MllpFrame?> NextAsync(CancellationToken cancellationToken)
    {
        if (!_isStarted && !await FindStartAsync(cancellationToken))
            return null;

        _isStarted = false;
        using var late = new CancellationTokenSource(options.MessageTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var looked = 0L;
        while (true)
        {
            var read = await reader.ReadAsync(either.Token);
            // A long message arrives in many pieces: each is looked through once, the last byte again, for it may be the first half of the end.
            if (SignIn(read.Buffer.Slice(looked)) is { } sign && EndAt(read.Buffer.Slice(sign), read.IsCompleted) is { } end)
            {
                var message = read.Buffer.Slice(0, sign).ToArray();
                reader.AdvanceTo(read.Buffer.GetPosition(end.Length, sign));
                // A start that is said twice has nothing before it.
                if (message.Length == 0 && end.IsNextStarted)
                {
                    looked = 0;
                    continue;
                }

                _isStarted = end.IsNextStarted;
                return new MllpFrame(message, end.Kind);
            }

            if (read.Buffer.Length > maxBytes || read.IsCompleted)
            {
                var kind = read.Buffer.Length > maxBytes ? FrameEnd.TooLarge : FrameEnd.Broken;
                var start = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, 4096)).ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return start.Length == 0 ? null : new MllpFrame(start, kind);
            }

            looked = Math.Max(0, read.Buffer.Length - 1);
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static SequencePosition? SignIn(ReadOnlySequence<byte> buffer)
    {
        var at = new SequenceReader<byte>(buffer);
        return at.TryAdvanceToAny([Start, End], advancePastDelimiter: false) ? at.Position : null;
    }

    /// <summary>
    /// What the sign at the beginning of what is left ends; null while that cannot be said. A sender that leaves out the return after 0x1C has said all the same that the
    /// message is at its end; text after 0x1C is a message that something was done to.
    /// </summary>
    private static (FrameEnd Kind, int Length, bool IsNextStarted)? EndAt(ReadOnlySequence<byte> rest, bool isCompleted)
    {
        var at = new SequenceReader<byte>(rest);
        at.TryRead(out var sign);
        if (sign == Start)
            return (FrameEnd.Broken, 1, true);
        if (!at.TryRead(out var next))
            return isCompleted ? (FrameEnd.Whole, 1, false) : null;

        return next switch
        {
            Return or LineFeed => (FrameEnd.Whole, 2, false),
            Start => (FrameEnd.Whole, 2, true),
            _ => (FrameEnd.Broken, 1, false),
        };
    }

    private async Task<bool> FindStartAsync(CancellationToken cancellationToken)
    {
        // Who connects and says nothing holds a place that others want.
        using var late = new CancellationTokenSource(_isFirst && options.FirstByteTimeout < options.IdleTimeout ? options.FirstByteTimeout : options.IdleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        while (true)
        {
            var read = await reader.ReadAsync(either.Token);
            if (read.Buffer.PositionOf(Start) is { } start)
            {
                reader.AdvanceTo(read.Buffer.GetPosition(1, start));
                _isFirst = false;
                return true;
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return false;
        }
    }
}
