using System.Reflection;

namespace ChwFhir.Api.VisitNotes;

/// <summary>The sample notes that come with the service: written for the patients of the sandbox.</summary>
internal sealed class SampleNotes
{
    private const string Prefix = "samples/";

    // Told in the order of a story where the names give one: the first visit first.
    public IReadOnlyList<SampleNote> All { get; } =
        [.. Read(typeof(SampleNotes).Assembly).OrderBy(sample => sample.Name.StartsWith("first", StringComparison.Ordinal) ? 0 : 1).ThenBy(sample => sample.Title, StringComparer.Ordinal)];

    private static IEnumerable<SampleNote> Read(Assembly assembly)
    {
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = Path.GetFileNameWithoutExtension(resource[Prefix.Length..]);
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
