namespace ChwFhir.Api.VisitNotes;

/// <summary>The sample notes, summaries and screenings that come with the service: written for the patients of the sandbox.</summary>
internal sealed class SampleNotes
{

    // Told in the order of a story where the names give one: the first visit first.
    public IReadOnlyList<SampleNote> All { get; } =
        [.. Read("samples/").OrderBy(sample => sample.Name.StartsWith("first", StringComparison.Ordinal) ? 0 : 1).ThenBy(sample => sample.Title, StringComparer.Ordinal)];

    public IReadOnlyList<SampleNote> Summaries { get; } = [.. Read("summaries/").OrderBy(sample => sample.Title, StringComparer.Ordinal)];

    public IReadOnlyList<SampleNote> Screenings { get; } = [.. Read("screenings/").OrderBy(sample => sample.Title, StringComparer.Ordinal)];

    private static IEnumerable<SampleNote> Read(string prefix)
    {
        var assembly = typeof(SampleNotes).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = Path.GetFileNameWithoutExtension(resource[prefix.Length..]);
            yield return new SampleNote(name, Title(name), reader.ReadToEnd());
        }
    }

    private static string Title(string name) => name switch
    {
        "full" => "Everything at once",
        "telefono-en-espanol" => "Phone check-in, in Spanish",
        _ => string.Concat(name[..1].ToUpperInvariant(), name[1..].Replace('-', ' ')),
    };
}
