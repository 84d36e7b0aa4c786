namespace ChwFhir.Fhir.Model;

// Plain values. What .NET cannot give back exactly, or at all, is kept as it was written.
internal ref partial struct FhirReader
{
    private const int Single = -1;

    // Beside these stands a member with an underscore; others have their ids and extensions inside.
    private const DataKind Primitives = DataKind.Base64Binary | DataKind.FhirBoolean | DataKind.Canonical | DataKind.Code | DataKind.Date | DataKind.FhirDateTime | DataKind.FhirDecimal
        | DataKind.Id | DataKind.Instant | DataKind.Integer | DataKind.Markdown | DataKind.Oid | DataKind.PositiveInt | DataKind.FhirString | DataKind.Time | DataKind.UnsignedInt
        | DataKind.FhirUri | DataKind.FhirUrl | DataKind.Uuid;

    public string? Text(Base owner, string name) => Text(owner, name, Single);

    public List<string?>? Texts(Base owner, string name)
    {
        if (_json.TokenType == JsonTokenType.String)
        {
            Note(FhirJsonIssueCode.NotAList);
            return [Text(owner, name, 0)];
        }

        var texts = new List<string?>();
        while (NextValue(owner, name, texts.Count))
            texts.Add(_json.TokenType == JsonTokenType.Null ? null : Text(owner, name, texts.Count));

        return texts;
    }

    public T? Code<T>(Base owner, string name)
        where T : struct, Enum =>
        Code<T>(owner, name, Single);

    public List<T?>? Codes<T>(Base owner, string name)
        where T : struct, Enum
    {
        if (_json.TokenType == JsonTokenType.String)
        {
            Note(FhirJsonIssueCode.NotAList);
            return [Code<T>(owner, name, 0)];
        }

        var codes = new List<T?>();
        while (NextValue(owner, name, codes.Count))
            codes.Add(_json.TokenType == JsonTokenType.Null ? null : Code<T>(owner, name, codes.Count));

        return codes;
    }

    public bool? Boolean(Base owner, string name)
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.String when Is(_json, "true"u8) || Is(_json, "false"u8):
                bool? meant = Is(_json, "true"u8);
                Note(FhirJsonIssueCode.WrongType);
                Original(owner, name, Single, meant);
                return meant;
            default:
                Misfit(owner, name);
                return null;
        }
    }

    public int? Integer(Base owner, string name)
    {
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetInt32(out var value) && !IsMinusZero())
            return value;

        return OddNumber(owner, name, static number => number is >= int.MinValue and <= int.MaxValue && number == decimal.Truncate(number) ? (int)number : null) as int?;
    }

    public long? Long(Base owner, string name)
    {
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var value) && !IsMinusZero())
            return value;

        return OddNumber(owner, name, static number => number is >= long.MinValue and <= long.MaxValue && number == decimal.Truncate(number) ? (long)number : null) as long?;
    }

    public decimal? Decimal(Base owner, string name)
    {
        // 28 characters with a plain point go through a decimal and come back as they were, trailing zeros too.
        if (_json.TokenType == JsonTokenType.Number && _json.ValueSpan.Length <= 28 && !_json.ValueSpan.ContainsAny((byte)'e', (byte)'E') && _json.TryGetDecimal(out var value) && (value != 0 || _json.ValueSpan[0] != '-'))
            return value;

        return OddNumber(owner, name, static number => number) as decimal?;
    }

    public byte[]? Bytes(Base owner, string name)
    {
        if (_json.TokenType != JsonTokenType.String || !TryDecode(out var bytes))
        {
            Misfit(owner, name);
            return null;
        }

        // Padding or spaces of its own: not what we would write.
        if (_json.ValueIsEscaped || _json.ValueSpan.Length != (bytes.Length + 2) / 3 * 4 || _json.ValueSpan is [.., (byte)'='] && !IsCanonical(bytes))
            Original(owner, name, Single, bytes);

        return bytes;
    }

    /// <summary>The text of an instant, whatever it is.</summary>
    public string? Instant(Base owner, string name)
    {
        var place = _json.TokenStartIndex;
        var text = Text(owner, name, Single);
        if (text is not null && !InstantText.LooksRight(text))
            Notes.Add(FhirJsonIssueCode.NotAnInstant, place);

        return text;
    }

    private string? Text(Base owner, string name, int index)
    {
        if (_json.TokenType != JsonTokenType.String)
        {
            Note(FhirJsonIssueCode.WrongType);
            Original(owner, name, index, null);
            return null;
        }

        if (!_json.ValueIsEscaped)
            return _json.GetString();

        var text = JsonStrings.Unescape(_json.ValueSpan, out var broken);
        if (!broken)
            return text;

        Note(FhirJsonIssueCode.BrokenText);
        Original(owner, name, index, text);

        return text;
    }

    private T? Code<T>(Base owner, string name, int index)
        where T : struct, Enum
    {
        if (_json.TokenType == JsonTokenType.String && !_json.ValueIsEscaped && EnumTable<T>.TryParse(_json.ValueSpan, out var value))
            return value;

        if (_json.TokenType == JsonTokenType.String && _json.ValueIsEscaped && EnumTable<T>.TryParse(Encoding.UTF8.GetBytes(JsonStrings.Lenient(_json.ValueSpan)), out value))
            return value;

        Note(_json.TokenType == JsonTokenType.String ? FhirJsonIssueCode.UnknownCode : FhirJsonIssueCode.WrongType);
        Original(owner, name, index, null);

        return null;
    }

    // The next value in an array of primitives; false at its end, or when it is none.
    private bool NextValue(Base owner, string name, int count)
    {
        if (count == 0 && _json.TokenType != JsonTokenType.StartArray)
        {
            Misfit(owner, name);
            return false;
        }

        _json.Read();
        if (_json.TokenType != JsonTokenType.EndArray)
            return true;
        if (count == 0)
            Empty(owner, name);

        return false;
    }

    // A number written as a string, with an exponent, with more digits than .NET has: its value as near as can be, its text as it is.
    private object? OddNumber(Base owner, string name, Func<decimal, object?> fitting)
    {
        var isNumber = _json.TokenType == JsonTokenType.Number;
        if (!isNumber && _json.TokenType != JsonTokenType.String
            || !decimal.TryParse(_json.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || fitting(number) is not { } value)
        {
            Misfit(owner, name);
            return null;
        }

        if (!isNumber)
            Note(FhirJsonIssueCode.WrongType);
        Original(owner, name, Single, value);

        return value;
    }

    // .NET's own way throws where it meets half a surrogate pair.
    private readonly bool TryDecode([NotNullWhen(true)] out byte[]? bytes)
    {
        if (!_json.ValueIsEscaped)
            return _json.TryGetBytesFromBase64(out bytes);

        var text = JsonStrings.Lenient(_json.ValueSpan);
        bytes = new byte[text.Length / 4 * 3 + 3];
        var isBase64 = Convert.TryFromBase64String(text, bytes, out var length);
        bytes = isBase64 ? bytes[..length] : null;

        return isBase64;
    }

    private readonly bool IsMinusZero() => _json.ValueSpan is [(byte)'-', (byte)'0'];

    private readonly bool IsCanonical(byte[] bytes)
    {
        Span<byte> last = stackalloc byte[4];
        System.Buffers.Text.Base64.EncodeToUtf8(bytes.AsSpan(bytes.Length / 3 * 3), last, out _, out _);

        return _json.ValueSpan.EndsWith(last);
    }
}
