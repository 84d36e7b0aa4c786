using System.Reflection;

namespace ChwFhir.Api.VisitNotes;

/// <summary>The sample notes that come with the service: written for the patients of the sandbox.</summary>
internal sealed class SampleNotes
{
    private const string Prefix = "samples/";

    public IReadOnlyList<SampleNote> All { get; } = [.. Read(typeof(SampleNotes).Assembly)];

    private static IEnumerable<SampleNote> Read(Assembly assembly)
    {
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = Path.GetFileNameWithoutExtension(resource[Prefix.Length..]);
            yield return new SampleNote(name, Title(name), reader.ReadToEnd());
        }
    }

    // 01-first-visit: the number gives the order, the words the title.
    private static string Title(string name)
    {
        var words = name.TrimStart("0123456789-".ToCharArray()).Replace('-', ' ');
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
