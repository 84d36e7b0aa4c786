using System.Buffers;

namespace ChwFhir.Intake;

/// <summary>A reference taken apart: <c>Patient/eXYZ</c>, or the absolute URL of one, perhaps of one version.</summary>
internal sealed record FhirReference(string? Base, string Type, string Id)
{
    private const string History = "/_history/";

    private static readonly SearchValues<char> InId = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    public static bool TryParse(string text, out FhirReference reference)
    {
        reference = null!;
        var rest = text.AsSpan();
        if (rest.LastIndexOf(History) is var history and >= 0)
        {
            if (!IsId(rest[(history + History.Length)..]))
                return false;
            rest = rest[..history];
        }

        var beforeId = rest.LastIndexOf('/');
        if (beforeId < 0 || !IsId(rest[(beforeId + 1)..]))
            return false;

        var id = rest[(beforeId + 1)..];
        var type = rest[(rest[..beforeId].LastIndexOf('/') + 1)..beforeId];
        var baseUrl = rest[..(beforeId - type.Length)];
        if (!IsType(type) || !(baseUrl.IsEmpty || IsBase(baseUrl)))
            return false;

        reference = new FhirReference(baseUrl.IsEmpty ? null : baseUrl.ToString(), type.ToString(), id.ToString());
        return true;
    }

    /// <summary>Whether both may be the same resource; where one has no base URL only type and id can say.</summary>
    public bool MayBe(FhirReference other) => Type == other.Type && Id == other.Id && (Base is null || other.Base is null || Base == other.Base);

    /// <summary>The form as a regular expression for the schema.</summary>
    public static string Pattern(params string[] types) =>
        $@"(https?://[^\s?#]+/)?({(types.Length == 0 ? "[A-Z][A-Za-z]{1,40}" : string.Join('|', types))})/[A-Za-z0-9\-.]{{1,64}}(/_history/[A-Za-z0-9\-.]{{1,64}})?";

    private static bool IsId(ReadOnlySpan<char> text) => text.Length is >= 1 and <= 64 && !text.ContainsAnyExcept(InId);

    private static bool IsType(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetter(character))
                return false;
        }

        return text.Length is >= 2 and <= 41 && char.IsAsciiLetterUpper(text[0]);
    }

    private static bool IsBase(ReadOnlySpan<char> text)
    {
        var scheme = text.StartsWith("https://") ? 8 : text.StartsWith("http://") ? 7 : 0;
        if (scheme == 0 || text.Length < scheme + 2)
            return false;

        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character) || character is '?' or '#')
                return false;
        }

        return true;
    }
}
