namespace ChwFhir.Fhir.Model;

// How an object writes itself: generated code calls one Put a member, in the order of the specification.
public abstract partial class Base
{
    /// <summary>What reading left over; null nearly always.</summary>
    internal Kept? Kept { get; set; }

    internal void WriteTo(Utf8JsonWriter to)
    {
        if (Kept?.Whole is { } whole)
        {
            RawJson.Write(to, whole);
            return;
        }

        to.WriteStartObject();
        WriteMembers(to);
        Kept?.WriteUnknown(to);
        to.WriteEndObject();
    }

    internal virtual void WriteMembers(Utf8JsonWriter to)
    {
    }

    private protected void Put(Utf8JsonWriter to, JsonEncodedText name, string? value)
    {
        if (Kept is not null && PutKept(to, name, value))
            return;
        if (value is not null)
            to.WriteString(name, value);
        Kept?.WriteExtras(to, name.Value);
    }

    private protected void Put(Utf8JsonWriter to, JsonEncodedText name, bool? value)
    {
        if (Kept is not null && PutKept(to, name, value))
            return;
        if (value is { } known)
            to.WriteBoolean(name, known);
        Kept?.WriteExtras(to, name.Value);
    }

    private protected void Put(Utf8JsonWriter to, JsonEncodedText name, int? value)
    {
        if (Kept is not null && PutKept(to, name, value))
            return;
        if (value is { } known)
            to.WriteNumber(name, known);
        Kept?.WriteExtras(to, name.Value);
    }

    private protected void Put(Utf8JsonWriter to, JsonEncodedText name, long? value)
    {
        if (Kept is not null && PutKept(to, name, value))
            return;
        if (value is { } known)
            to.WriteNumber(name, known);
        Kept?.WriteExtras(to, name.Value);
    }

    private protected void Put(Utf8JsonWriter to, JsonEncodedText name, decimal? value)
    {
        if (Kept is not null && PutKept(to, name, value))
            return;
        if (value is { } known)
            to.WriteNumber(name, known);
        Kept?.WriteExtras(to, name.Value);
    }

    private protected void Put(Utf8JsonWriter to, JsonEncodedText name, byte[]? value)
    {
        if (Kept is not null && PutKept(to, name, value))
            return;
        if (value is not null)
            to.WriteBase64String(name, value);
        Kept?.WriteExtras(to, name.Value);
    }

    private protected void PutCode<T>(Utf8JsonWriter to, JsonEncodedText name, T? value)
        where T : struct, Enum
    {
        if (Kept is not null && PutKept(to, name, value))
            return;
        if (value is { } known)
            to.WriteString(name, EnumTable<T>.Literal(known));
        Kept?.WriteExtras(to, name.Value);
    }

    private protected void Put(Utf8JsonWriter to, JsonEncodedText name, Base? value)
    {
        if (Kept is not null && value is null && PutKept(to, name, null))
            return;
        if (value is not null)
        {
            to.WritePropertyName(name);
            value.WriteTo(to);
        }

        Kept?.WriteExtras(to, name.Value);
    }

    private protected void PutChoice(Utf8JsonWriter to, ChoiceName name, DataType? value)
    {
        if (value is PrimitiveType primitive)
        {
            primitive.Put(to, name.For(primitive));
        }
        else if (value is not null)
        {
            to.WritePropertyName(name.For(value));
            value.WriteTo(to);
        }
    }

    private protected void PutList<T>(Utf8JsonWriter to, JsonEncodedText name, List<T>? values)
        where T : Base
    {
        if (values is { Count: > 0 })
        {
            to.WriteStartArray(name);
            foreach (var value in values)
                value.WriteTo(to);
            to.WriteEndArray();
        }
        else if (Kept is not null && PutKept(to, name, null))
        {
            return;
        }

        Kept?.WriteExtras(to, name.Value);
    }

    private protected void PutTexts(Utf8JsonWriter to, JsonEncodedText name, List<string?>? values)
    {
        if (values is { Count: > 0 })
        {
            to.WriteStartArray(name);
            for (var at = 0; at < values.Count; at++)
            {
                if (Kept?.Original(name.Value, at, values[at]) is { } original)
                    RawJson.Write(to, original);
                else
                    to.WriteStringValue(values[at]);
            }

            to.WriteEndArray();
        }
        else if (Kept is not null && PutKept(to, name, null))
        {
            return;
        }

        Kept?.WriteExtras(to, name.Value);
    }

    private protected void PutCodes<T>(Utf8JsonWriter to, JsonEncodedText name, List<T?>? values)
        where T : struct, Enum
    {
        if (values is { Count: > 0 })
        {
            to.WriteStartArray(name);
            for (var at = 0; at < values.Count; at++)
            {
                if (Kept?.Original(name.Value, at, values[at]) is { } original)
                    RawJson.Write(to, original);
                else if (values[at] is { } known)
                    to.WriteStringValue(EnumTable<T>.Literal(known));
                else
                    to.WriteNullValue();
            }

            to.WriteEndArray();
        }
        else if (Kept is not null && PutKept(to, name, null))
        {
            return;
        }

        Kept?.WriteExtras(to, name.Value);
    }

    // As it was read, when the value still is what was made of it then.
    private bool PutKept(Utf8JsonWriter to, JsonEncodedText name, object? value)
    {
        if (Kept!.Original(name.Value, -1, value) is not { } original)
            return false;

        to.WritePropertyName(name);
        RawJson.Write(to, original);
        Kept.WriteExtras(to, name.Value);

        return true;
    }
}
