namespace ChwFhir.Mapping;

/// <summary>What an amended note puts right.</summary>
/// <param name="Replaces">Name of the document before, as its last line has it: <c>n1/note</c>.</param>
public sealed record Correction(string Replaces, IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Gone)
{
    /// <summary>For the reader of the new document.</summary>
    internal IEnumerable<string> Sentences()
    {
        yield return $"Amended note: it corrects and replaces the one filed before under {Replaces}.";
        if (Changed.Count > 0)
            yield return $"Changed: {string.Join("; ", Changed)}.";
        if (Added.Count > 0)
            yield return $"Added: {string.Join("; ", Added)}.";
        if (Gone.Count > 0)
            yield return $"No longer said: {string.Join("; ", Gone)}.";
        if (Changed.Count + Added.Count + Gone.Count == 0)
            yield return "Its words were changed.";
    }
}
