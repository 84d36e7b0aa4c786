using System.Net;
using System.Net.Http.Headers;

namespace ChwFhir.Fhir.Client;

/// <summary>A request's body that knows whether any of it was handed to a connection: until then the server cannot have acted on it.</summary>
internal sealed class OutgoingBody : HttpContent
{
    private readonly ReadOnlyMemory<byte> bytes;
    private volatile bool begun;

    public OutgoingBody(ReadOnlyMemory<byte> bytes, string mediaType)
    {
        this.bytes = bytes;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType) { CharSet = "utf-8" };
    }

    public bool Begun => begun;

    protected override System.Threading.Tasks.Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override System.Threading.Tasks.Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        begun = true;
        return stream.WriteAsync(bytes, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
