using System.Text.Json;

namespace ChwFhir.Queue.Sealing;

/// <summary>
/// Rows are found by it: equal values are sealed to equal texts, by keyed hash, in whichever row they stand. What is only ever looked for within one note is
/// sealed within it: that two notes have the same is then seen by nobody who has only the database.
/// </summary>
internal sealed class FoundSecret(string name) : Secret(name)
{
    /// <summary>A value on its way into a column.</summary>
    public ToSeal? Of(string? text) => text is null ? null : new ToSeal(Name, vault => vault.Seal(this, text));

    public ToSeal? Of(string? text, long note) => text is null ? null : new ToSeal(Name, vault => vault.Seal(this, text, note));

    /// <summary>A column of many rows.</summary>
    public ToSeal Each(string?[] texts) => new(Name, vault => Array.ConvertAll(texts, text => text is null ? null : vault.Seal(this, text)));

    public ToSeal Any(IEnumerable<string> texts, long note)
    {
        var all = texts.ToList();
        return new ToSeal(Name, vault => JsonSerializer.Serialize(all.Select(text => vault.Seal(this, text, note))));
    }

    /// <summary>A JSON array of texts to be found.</summary>
    public ToSeal Any(IEnumerable<string> texts)
    {
        var all = texts.ToList();
        return new ToSeal(Name, vault => JsonSerializer.Serialize(all.Select(text => vault.Seal(this, text))));
    }
}
