namespace ChwFhir.Intake.Ccda;

/// <summary>
/// The document's bytes for <see cref="System.Xml.XmlReader"/>, which takes a tag with all of its attributes, and a comment, whole before it gives either: between two of its steps no more
/// than <see cref="MostBytesAStep"/> are handed over, so that a tag of a million attributes costs what its first attributes cost.
/// </summary>
internal sealed class BoundedBytes(ReadOnlyMemory<byte> bytes) : Stream
{
    private const int MostBytesAStep = 1 << 20;
    private int position;
    private int stepStart;

    /// <summary>The reader has given something: what it takes next is counted from here.</summary>
    public void NextStep() => stepStart = position;

    public override int Read(Span<byte> buffer)
    {
        if (position - stepStart > MostBytesAStep)
            throw new RefusedXml("tag-too-long", "one tag or comment is longer than is taken", 0, 0);
        var count = Math.Min(buffer.Length, bytes.Length - position);
        bytes.Span.Slice(position, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
