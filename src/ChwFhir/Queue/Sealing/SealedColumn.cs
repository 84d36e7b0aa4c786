namespace ChwFhir.Queue.Sealing;

/// <param name="IsList">A JSON array of which each text is sealed by itself: rows are found by one of them.</param>
/// <param name="IsOfNote">Sealed within the note whose number names the row.</param>
internal sealed record SealedColumn(string Name, Secret Secret, bool IsList = false, bool IsOfNote = false)
{
    /// <summary>A value that stood in clear, on its way back.</summary>
    public ToSeal Of(object value, RowName row) => (value, Secret) switch
    {
        (byte[] bytes, KeptSecret kept) => kept.Of(bytes, row)!,
        (string text, KeptSecret kept) => kept.Of(text, row)!,
        (string text, FoundSecret found) when IsOfNote && IsList => found.Any(System.Text.Json.JsonSerializer.Deserialize<string[]>(text)!, row.Number),
        (string text, FoundSecret found) when IsOfNote => found.Of(text, row.Number)!,
        (string text, FoundSecret found) => found.Of(text)!,
        _ => throw new InvalidDataException($"{Name} has neither text nor bytes."),
    };
}
