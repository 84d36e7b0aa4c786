namespace ChwFhir.Fhir.Model;

/// <summary>
/// Walks one JSON text and hands values to the objects that read themselves from it. What is odd is noted by its place in the text; paths are found
/// afterwards, so that good JSON pays nothing for them.
/// </summary>
internal ref partial struct FhirReader
{
    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _json;
    private readonly int _maxDepth;
    private bool _asking;
    private bool _beside;
    private bool _told;

    public FhirReader(ReadOnlySpan<byte> text, int maxDepth)
    {
        _text = text;
        _maxDepth = maxDepth;
        _json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = maxDepth });
        Notes = new FhirReaderNotes();
    }

    public FhirReaderNotes Notes { get; }

    public readonly long Consumed => _json.BytesConsumed;

    /// <summary>After a failure: whether depth was the reason.</summary>
    public readonly bool IsTooDeep =>
        _json.CurrentDepth + (_json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0) >= _maxDepth
        && _text[(int)_json.BytesConsumed..].TrimStart(" \t\r\n:,"u8) is [(byte)'{' or (byte)'[', ..];

    public bool Read() => _json.Read();

    public readonly bool AtObject => _json.TokenType == JsonTokenType.StartObject;

    /// <summary>Goes to the next member and its value; false at the end of the object.</summary>
    public bool NextMember(out ReadOnlySpan<byte> name)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndObject)
        {
            name = default;
            return false;
        }

        name = _json.ValueIsEscaped ? Unescaped() : _json.ValueSpan;
        _json.Read();

        return true;
    }

    /// <summary>Whether this member is met for the first time in its object; a second one is noted and passed over.</summary>
    public bool First(ref ulong seen, int member)
    {
        if (_asking)
            return false;

        var bit = 1UL << member;
        if ((seen & bit) == 0)
        {
            seen |= bit;
            return true;
        }

        Note(FhirJsonIssueCode.DuplicateMember);
        _json.Skip();

        return false;
    }

    /// <summary>The value of a member that must be an object.</summary>
    public T? Object<T>(T value, Base owner, string name)
        where T : Base
    {
        if (!AtObject)
        {
            Misfit(owner, name);
            return null;
        }

        value.ReadFrom(ref this);

        return value;
    }

    /// <summary>Goes to the next item of the list that a member must be; <paramref name="at"/> starts as 0.</summary>
    public bool Next(Base owner, string name, ref int at)
    {
        const int One = -1;
        if (at == One)
            return false;

        if (at == 0)
        {
            if (AtObject)
            {
                Note(FhirJsonIssueCode.NotAList);
                at = One;
                return true;
            }

            if (_json.TokenType != JsonTokenType.StartArray)
            {
                Misfit(owner, name);
                return false;
            }
        }

        _json.Read();
        if (_json.TokenType == JsonTokenType.EndArray)
        {
            if (at == 0)
                Empty(owner, name);
            return false;
        }

        at++;

        return true;
    }

    /// <summary>An item of a list of objects. What is none keeps its JSON.</summary>
    public T Item<T>(T item)
        where T : Base
    {
        if (AtObject)
        {
            item.ReadFrom(ref this);
            return item;
        }

        Note(FhirJsonIssueCode.WrongType);
        item.Keep().Whole = Raw();

        return item;
    }

    public Resource Resource()
    {
        if (!AtObject)
            return Item(new UnmodelledResource(""));

        var resource = Typed();
        resource.ReadFrom(ref this);

        return resource;
    }

    public Resource? Resource(Base owner, string name)
    {
        if (AtObject)
            return Resource();

        Misfit(owner, name);

        return null;
    }

    /// <summary>Ids and extensions of a primitive, which stand under its name with an underscore.</summary>
    public void Extras(Base owner, ReadOnlySpan<byte> underscored, ref ulong seen)
    {
        var name = underscored[1..];
        _asking = true;
        var known = owner.ReadMember(ref this, name, ref seen);
        _asking = false;
        if (!known || _json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            Unknown(owner, underscored);
            return;
        }

        var extras = owner.Keep().Extras(Encoding.UTF8.GetString(name));
        if (extras.WasRead)
        {
            PassOverDuplicate();
            return;
        }

        extras.WasRead = true;
        if (AtObject)
        {
            extras.Add(PrimitiveExtras.From(ref this));
            return;
        }

        extras.IsList = true;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            extras.Add(_json.TokenType == JsonTokenType.Null ? null : PrimitiveExtras.From(ref this));
    }

    /// <summary>Keeps the JSON of a member that the type does not know.</summary>
    public void Unknown(Base owner, ReadOnlySpan<byte> name)
    {
        var place = _json.TokenStartIndex;
        if (!owner.Keep().AddUnknown(Encoding.UTF8.GetString(name), Raw()))
            Notes.Add(FhirJsonIssueCode.DuplicateMember, place);
        else if (!owner.KeepsAll && !_told)
            Notes.Add(FhirJsonIssueCode.UnknownMember, place);
        _told = false;
    }

    /// <summary>Whether a name is a choice element's, with a type behind it that may stand there; not when another type stands there already.</summary>
    public bool IsChoice(ReadOnlySpan<byte> name, ReadOnlySpan<byte> prefix, DataKind allowed, DataType? there, out DataKind kind)
    {
        kind = name.StartsWith(prefix) ? DataTypes.Find(name[prefix.Length..]) : 0;
        if ((kind & allowed) == 0 || (_beside && (kind & Primitives) == 0))
            return false;
        if (there is null || there.Kind == kind)
            return true;

        Note(FhirJsonIssueCode.DuplicateMember);
        _told = true;

        return false;
    }

    /// <summary>The value of a choice element, or with <paramref name="beside"/> the id and extensions of its primitive.</summary>
    public DataType Choice(DataKind kind, DataType? there, bool beside)
    {
        _beside = false;
        var value = there ?? DataTypes.New(kind);
        if (value is PrimitiveType named && beside)
        {
            BesidePrimitive(named);
        }
        else if (value is PrimitiveType primitive)
        {
            if (primitive.ObjectValue is null && primitive.Kept?.Has("value") != true)
                primitive.ReadValue(ref this);
            else
                PassOverDuplicate();
        }
        else if (there is not null)
        {
            PassOverDuplicate();
        }
        else if (AtObject)
        {
            value.ReadFrom(ref this);
        }
        else
        {
            Note(FhirJsonIssueCode.WrongType);
            value.Keep().Whole = Raw();
        }

        return value;
    }

    /// <summary>Reads what stands beside a primitive in a choice element: <c>_valueString</c>. False when the name is none of that kind.</summary>
    public bool Beside(Base owner, ReadOnlySpan<byte> name)
    {
        _beside = true;
        var known = owner.ReadChoice(ref this, name, beside: true);
        _beside = false;

        return known;
    }

    private void BesidePrimitive(PrimitiveType value)
    {
        if (value.HasBeside)
        {
            PassOverDuplicate();
            return;
        }

        if (!AtObject)
        {
            Note(FhirJsonIssueCode.WrongType);
            value.Keep().Whole = Raw();
            return;
        }

        value.ReadFrom(ref this);
        if (!value.HasBeside)
            value.Keep().Whole = "{}"u8.ToArray();
    }

    private readonly byte[] Unescaped()
    {
        var name = JsonStrings.Unescape(_json.ValueSpan, out var broken);
        if (broken)
            Note(FhirJsonIssueCode.BrokenText);

        return Encoding.UTF8.GetBytes(name);
    }

    private void PassOverDuplicate()
    {
        Note(FhirJsonIssueCode.DuplicateMember);
        _json.Skip();
    }

    // The type name may stand anywhere in the object.
    private Resource Typed()
    {
        var ahead = _json;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            var isType = Is(ahead, "resourceType"u8);
            ahead.Read();
            if (isType && ahead.TokenType == JsonTokenType.String)
            {
                var type = ahead.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonStrings.Lenient(ahead.ValueSpan)) : ahead.ValueSpan;
                if (!type.IsEmpty)
                    return ResourceTypes.New(type) ?? new UnmodelledResource(Encoding.UTF8.GetString(type));
            }

            ahead.Skip();
        }

        Note(FhirJsonIssueCode.NoResourceType);

        return new UnmodelledResource("");
    }

    // .NET's own comparison throws where it meets half a surrogate pair.
    private static bool Is(in Utf8JsonReader json, ReadOnlySpan<byte> text) =>
        json.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonStrings.Lenient(json.ValueSpan)).AsSpan().SequenceEqual(text) : json.ValueSpan.SequenceEqual(text);

    private readonly void Note(FhirJsonIssueCode code) => Notes.Add(code, _json.TokenStartIndex);

    private void Misfit(Base owner, string name)
    {
        Note(FhirJsonIssueCode.WrongType);
        owner.Keep().AddOriginal(name, -1, Raw(), null);
    }

    private readonly void Empty(Base owner, string name)
    {
        Note(FhirJsonIssueCode.EmptyList);
        owner.Keep().AddOriginal(name, -1, "[]"u8.ToArray(), null);
    }

    private void Original(Base owner, string name, int index, object? value) => owner.Keep().AddOriginal(name, index, Raw(), value);

    private byte[] Raw()
    {
        var start = (int)_json.TokenStartIndex;
        _json.Skip();

        return RawJson.Compact(_text[start..(int)_json.BytesConsumed]);
    }
}
