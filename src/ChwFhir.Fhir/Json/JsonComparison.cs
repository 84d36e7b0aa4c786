namespace ChwFhir.Fhir.Model;

/// <summary>Whether two JSON texts say the same: members in any order, numbers with the same digits, strings with the same characters.</summary>
internal static class JsonComparison
{
    public static bool AreEqual(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other)
    {
        if (one.Span.SequenceEqual(other.Span))
            return true;

        using var left = JsonDocument.Parse(one, new JsonDocumentOptions { MaxDepth = 1000 });
        using var right = JsonDocument.Parse(other, new JsonDocumentOptions { MaxDepth = 1000 });

        return Difference(left.RootElement, right.RootElement, "") is null;
    }

    /// <summary>The path of the first difference; null when there is none.</summary>
    public static string? Difference(JsonElement one, JsonElement other, string path)
    {
        if (one.ValueKind != other.ValueKind)
            return path;

        switch (one.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in one.EnumerateObject())
                {
                    var at = $"{path}.{member.Name}";
                    if (!other.TryGetProperty(member.Name, out var counterpart))
                        return at;
                    if (Difference(member.Value, counterpart, at) is { } different)
                        return different;
                }

                return one.GetPropertyCount() == other.GetPropertyCount() ? null : path;
            case JsonValueKind.Array:
                for (var i = 0; i < Math.Min(one.GetArrayLength(), other.GetArrayLength()); i++)
                {
                    if (Difference(one[i], other[i], $"{path}[{i}]") is { } different)
                        return different;
                }

                return one.GetArrayLength() == other.GetArrayLength() ? null : path;
            default:
                return one.GetRawText() == other.GetRawText() || one.ValueKind == JsonValueKind.String && Text(one) == Text(other) ? null : path;
        }
    }

    private static string Text(JsonElement element) => JsonStrings.Lenient(Encoding.UTF8.GetBytes(element.GetRawText()));
}
