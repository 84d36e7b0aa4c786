using System.Buffers;
using System.Text;

namespace ChwFhir.Mapping;

/// <summary>A text while it grows, in rented memory: a document is long, and only its bytes are kept.</summary>
internal sealed class RentedText : IDisposable
{
    private const int ShortNote = 8192;

    private char[] _characters = ArrayPool<char>.Shared.Rent(ShortNote);
    private int _length;

    internal int Length => _length;

    internal ReadOnlySpan<char> Written => _characters.AsSpan(0, _length);

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_characters);
        (_characters, _length) = ([], 0);
    }

    public override string ToString() => new(Written);

    internal RentedText Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _characters.Length - _length)
            Grow(text.Length);
        text.CopyTo(_characters.AsSpan(_length));
        _length += text.Length;

        return this;
    }

    internal RentedText Append(char character) => Append(new ReadOnlySpan<char>(in character));

    /// <summary>Takes back everything behind a place.</summary>
    internal void CutAt(int length) => _length = length;

    internal byte[] ToUtf8() => Encoding.UTF8.GetBytes(_characters, 0, _length);

    private void Grow(int by)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(2 * _characters.Length, _length + by));
        Written.CopyTo(larger);
        ArrayPool<char>.Shared.Return(_characters);
        _characters = larger;
    }
}
