namespace ChwFhir.Fhir.Model;

/// <summary>Instants are held as they were written, since a DateTimeOffset forgets <c>Z</c> and the digits of a second; the value is made when asked for.</summary>
internal static class InstantText
{
    public static string? Of(DateTimeOffset? value) => value is not { } instant
        ? null
        : instant.Offset == TimeSpan.Zero
            ? instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
            : instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    /// <summary>Null for what is no instant: no time, or no offset.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        LooksRight(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null;

    /// <summary>A cheap look at the shape: a date, a time and an offset.</summary>
    public static bool LooksRight(string? text) =>
        text is { Length: >= 20 } && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':' && (text[^1] == 'Z' || text[^6] is '+' or '-' && text[^3] == ':');
}
