using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace ChwFhir.Api.Imports;

/// <summary>Takes a body of NDJSON apart as it arrives. Never more than one line is held; of one that is longer than may be taken only that it was.</summary>
internal static class NdjsonReader
{
    /// <summary>The lines that say something, numbered from 1 with the empty ones counted.</summary>
    /// <param name="longest">Most bytes of a line.</param>
    public static async IAsyncEnumerable<NdjsonLine> ReadAsync(PipeReader body, int longest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 1L;
        var isTooLong = false;
        var looked = 0L;
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            // A long line arrives in many pieces: each is looked through once.
            while (rest.Slice(looked).PositionOf((byte)'\n') is { } end)
            {
                looked = 0;
                if (Line(number++, rest.Slice(0, end), isTooLong, longest) is { } line)
                    yield return line;
                isTooLong = false;
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            if (read.IsCompleted)
            {
                if (Line(number, rest, isTooLong, longest) is { } last)
                    yield return last;
                body.AdvanceTo(read.Buffer.End);
                yield break;
            }
            // The rest of a line that is too long is let go as it comes.
            if (isTooLong || rest.Length > longest)
                (isTooLong, rest) = (true, rest.Slice(rest.End));
            looked = rest.Length;
            body.AdvanceTo(rest.Start, read.Buffer.End);
        }
    }

    private static NdjsonLine? Line(long number, ReadOnlySequence<byte> bytes, bool isTooLong, int longest)
    {
        if (isTooLong || bytes.Length > longest)
            return new NdjsonLine(number, default, IsTooLong: true);
        var line = bytes.ToArray().AsMemory();
        while (line.Length > 0 && line.Span[^1] is (byte)'\r' or (byte)' ' or (byte)'\t')
            line = line[..^1];
        if (number == 1 && line.Span.StartsWith("\uFEFF"u8))
            line = line[3..];
        return line.Span.Trim(" \t"u8).IsEmpty ? null : new NdjsonLine(number, line, IsTooLong: false);
    }
}
