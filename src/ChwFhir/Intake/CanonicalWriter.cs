using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ChwFhir.Intake;

/// <summary>
/// Writes JSON canonically in one walk over its tokens: every member is written where it comes, and an object whose members did not come in order
/// is put in order when it ends.
/// </summary>
internal ref struct CanonicalWriter
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    private Utf8JsonReader _json;
    private byte[] _output;
    private int _length;
    private Member[] _members;
    private int _known;

    public CanonicalWriter(ReadOnlySpan<byte> json)
    {
        _json = new Utf8JsonReader(json);
        _output = ArrayPool<byte>.Shared.Rent(json.Length + 64);
        _members = ArrayPool<Member>.Shared.Rent(128);
    }

    /// <summary>Lives until the writer is disposed of.</summary>
    public ReadOnlySpan<byte> Write()
    {
        _json.Read();
        Value();
        return _output.AsSpan(0, _length);
    }

    public readonly void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_output, clearArray: true);
        ArrayPool<Member>.Shared.Return(_members, clearArray: true);
    }

    private void Value()
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject: Object(); return;
            case JsonTokenType.StartArray: Array(); return;
            case JsonTokenType.String: String(); return;
            case JsonTokenType.Number: Number(); return;
            default: Add(_json.ValueSpan); return;
        }
    }

    private void Object()
    {
        Add((byte)'{');
        var (start, first) = (_length, _known);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_length > start)
                Add((byte)',');
            var (at, name) = (_length, Name());
            Add((byte)':');
            _json.Read();
            Value();
            Remember(new Member(at, name.Length, _length, name.Text));
        }

        Order(start, _members.AsSpan(first, _known - first));
        _known = first;
        Add((byte)'}');
    }

    /// <summary>A name of ASCII without escapes stands as it is, its bytes in the order of its UTF-16 code units; of any other the text is known.</summary>
    private (int Length, string? Text) Name()
    {
        var raw = _json.ValueSpan;
        if (!_json.ValueIsEscaped && Ascii.IsValid(raw))
        {
            Quoted(raw);
            return (raw.Length, null);
        }

        var text = _json.GetString()!;
        Text(text);
        return (0, text);
    }

    private void Remember(Member member)
    {
        if (_known == _members.Length)
        {
            var larger = ArrayPool<Member>.Shared.Rent(2 * _known);
            _members.CopyTo(larger, 0);
            ArrayPool<Member>.Shared.Return(_members, clearArray: true);
            _members = larger;
        }

        _members[_known++] = member;
    }

    private readonly void Order(int start, Span<Member> members)
    {
        var names = new Names(_output);
        var sorted = true;
        for (var i = 1; i < members.Length && sorted; i++)
            sorted = names.Compare(members[i - 1], members[i]) <= 0;
        if (sorted)
            return;

        members.Sort(names);
        var asTheyCame = ArrayPool<byte>.Shared.Rent(_length - start);
        _output.AsSpan(start, _length - start).CopyTo(asTheyCame);
        var at = start;
        foreach (var member in members)
        {
            if (at > start)
                _output[at++] = (byte)',';
            asTheyCame.AsSpan(member.Start - start, member.End - member.Start).CopyTo(_output.AsSpan(at));
            at += member.End - member.Start;
        }

        ArrayPool<byte>.Shared.Return(asTheyCame, clearArray: true);
    }

    private void Array()
    {
        Add((byte)'[');
        for (var isFirst = true; _json.Read() && _json.TokenType != JsonTokenType.EndArray; isFirst = false)
        {
            if (!isFirst)
                Add((byte)',');
            Value();
        }

        Add((byte)']');
    }

    /// <summary>A whole number of few digits is canonical as it stands.</summary>
    private void Number()
    {
        if (_json.ValueSpan.Length <= 15 && !_json.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            Add(_json.ValueSpan);
        else
            Utf8(EcmaScriptNumber.Write(ref _json));
    }

    /// <summary>A string without escapes is canonical as it stands.</summary>
    private void String()
    {
        if (_json.ValueIsEscaped)
            Text(_json.GetString()!);
        else
            Quoted(_json.ValueSpan);
    }

    private void Quoted(ReadOnlySpan<byte> raw)
    {
        Add((byte)'"');
        Add(raw);
        Add((byte)'"');
    }

    private void Text(ReadOnlySpan<char> text)
    {
        Add((byte)'"');
        while (text.IndexOfAny(Escaped) is var next and >= 0)
        {
            Utf8(text[..next]);
            Utf8(Escape(text[next]));
            text = text[(next + 1)..];
        }

        Utf8(text);
        Add((byte)'"');
    }

    private static string Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => $"\\u{(int)character:x4}",
    };

    private void Utf8(ReadOnlySpan<char> text)
    {
        Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, _output.AsSpan(_length));
    }

    private void Add(byte one)
    {
        Room(1);
        _output[_length++] = one;
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length);
        bytes.CopyTo(_output.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Room(int more)
    {
        if (_length + more <= _output.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + more, 2 * _output.Length));
        _output.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_output, clearArray: true);
        _output = larger;
    }

    /// <param name="Start">Of the member in the output, with the quotation mark of its name.</param>
    /// <param name="Plain">Bytes of a name that stands as it is.</param>
    /// <param name="Name">Of one that does not.</param>
    private readonly record struct Member(int Start, int Plain, int End, string? Name);

    private readonly struct Names(byte[] output) : IComparer<Member>
    {
        public int Compare(Member a, Member b) => a.Name is null && b.Name is null
            ? Bytes(a).SequenceCompareTo(Bytes(b))
            : string.CompareOrdinal(Text(a), Text(b));

        private ReadOnlySpan<byte> Bytes(Member member) => output.AsSpan(member.Start + 1, member.Plain);

        private string Text(Member member) => member.Name ?? Encoding.ASCII.GetString(Bytes(member));
    }
}
