namespace ChwFhir.SmartApp.Speech;

/// <summary>What kind of thing a file is, as people call it.</summary>
internal static class Media
{
    public static string Of(string type, Wording words) => words["media." + Kind(type.Split(';')[0].Trim().ToLowerInvariant())];

    private static string Kind(string type) => type switch
    {
        "application/pdf" => "pdf",
        "application/rtf" or "text/rtf" or "application/msword" or "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "letter",
        "text/csv" or "application/vnd.ms-excel" or "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "table",
        _ when type.StartsWith("image/", StringComparison.Ordinal) => "picture",
        _ when type.StartsWith("audio/", StringComparison.Ordinal) => "sound",
        _ when type.StartsWith("video/", StringComparison.Ordinal) => "film",
        _ when type.StartsWith("text/", StringComparison.Ordinal) => "text",
        _ => "file",
    };
}
