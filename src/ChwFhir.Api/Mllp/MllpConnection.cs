using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using ChwFhir.Access;
using ChwFhir.Api.Hl7;
using ChwFhir.Intake;
using ChwFhir.Intake.Hl7;
using ChwFhir.Queue;

namespace ChwFhir.Api.Mllp;

/// <summary>One caller of MLLP: its messages one after the other, each answered before the next is read.</summary>
/// <param name="most">Bytes of a message.</param>
/// <param name="number">Of the connection, for the log.</param>
/// <param name="dropped">Counts what could not be answered.</param>
internal sealed partial class MllpConnection(Hl7Exchange exchange, MllpOptions options, int most, TimeProvider time, long number, OncePerMinute dropped, ILogger log)
{
    private static readonly Caller TheEngine = Caller.OfService("mllp");
    private static readonly SentAs TheForm = new(MdmReader.MediaType);

    public async Task ServeAsync(Socket socket, CancellationToken stopping)
    {
        socket.NoDelay = true;
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        var reader = PipeReader.Create(stream);
        var frames = new MllpFrames(reader, most, options, time);
        var messages = 0;
        try
        {
            while (!stopping.IsCancellationRequested && await frames.NextAsync(stopping) is { } frame)
            {
                // What was read is answered also when the service stops meanwhile.
                if (await AnswerAsync(frame) is { } answer)
                    await SendAsync(stream, answer, CancellationToken.None);
                else if (dropped.Add() is > 0 and var count)
                    MllpListener.Log.Dropped(log, count);
                messages++;
                if (frame.End == FrameEnd.TooLarge)
                    break;
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or SocketException)
        {
            // Silent for too long, gone, or the service stops.
        }
        finally
        {
            await reader.CompleteAsync();
            Log.Closed(log, number, messages);
        }
    }

    /// <summary>Null: it broke off before it said which message it is, so that no answer could name it.</summary>
    private async Task<string?> AnswerAsync(MllpFrame frame) => frame.End switch
    {
        FrameEnd.TooLarge => TooLarge(frame.Bytes),
        FrameEnd.Broken => MdmReader.HasHeader(frame.Bytes) ? Hl7Ack.Write(frame.Bytes, AckCode.Reject, [MdmReader.BrokenFrame], time.GetLocalNow(), enhanced: true) : null,
        _ => await AnswerAsync(frame.Bytes),
    };

    private async Task<string> AnswerAsync(byte[] message)
    {
        try
        {
            return (await exchange.AnswerAsync(TheEngine, message, TheForm, enhanced: true, CancellationToken.None)).Text;
        }
#pragma warning disable CA1031 // The sender waits for an answer whatever went wrong here, and a bug must not end the listener.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.Failed(log, number, failure.GetType().Name);
            return Hl7Ack.Write(message, AckCode.Reject, [new NoteFault("", "failed", "The service could not take it; send it again.")], time.GetLocalNow(), enhanced: true);
        }
    }

    private string TooLarge(byte[] start) =>
        Hl7Ack.Write(start, AckCode.Reject, [new NoteFault("", "too-large", FormattableString.Invariant($"A message has at most {most} bytes."))], time.GetLocalNow(), enhanced: true);

    private async Task SendAsync(NetworkStream stream, string answer, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.MessageTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        await stream.WriteAsync((byte[])[MllpFrames.Start, .. Encoding.ASCII.GetBytes(answer), MllpFrames.End, MllpFrames.Return], either.Token);
    }

    private static partial class Log
    {
        [LoggerMessage(4, LogLevel.Debug, "MLLP connection {Number} ended after {Messages} messages.")]
        public static partial void Closed(ILogger log, long number, int messages);

        [LoggerMessage(5, LogLevel.Error, "A message over MLLP connection {Number} could not be taken: {Kind}. Its sender was told to send it again.")]
        public static partial void Failed(ILogger log, long number, string kind);
    }
}
