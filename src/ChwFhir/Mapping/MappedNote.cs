using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>A note as FHIR.</summary>
/// <param name="Resources">In the order of references: each stands after what it refers to.</param>
/// <param name="Held">What must not reach the chart: in neither <see cref="Resources"/> nor <see cref="Document"/>.</param>
/// <param name="Document">The note as plain text, the same on every server; its last line is the reference line.</param>
public sealed record MappedNote(IReadOnlyList<MappedResource> Resources, IReadOnlyList<MappedResource> Held, string Document, IReadOnlyList<NoteIssue> Issues)
{
    /// <summary>Those of the issues that speak of red flags.</summary>
    public IReadOnlyList<FlagIssue> Flags { get; init; } = [];

    /// <summary>Everything as conditional creates in one transaction. What nobody said (<see cref="MappedResource.LeftOut"/>) is named on its entry.</summary>
    public Bundle ToTransaction()
    {
        var bundle = new Bundle { Type = Bundle.BundleType.Transaction };

        foreach (var mapped in Resources)
        {
            var entry = new Bundle.EntryComponent
            {
                FullUrl = mapped.FullUrl,
                Resource = mapped.Resource,
                Request = new Bundle.RequestComponent { Method = Bundle.HTTPVerb.POST, Url = mapped.Resource.TypeName, IfNoneExist = mapped.IfNoneExist },
            };
            foreach (var name in mapped.LeftOut)
                entry.Extension.Add(new Extension(Canonicals.NotSaid, new FhirString(name)));
            bundle.Entry.Add(entry);
        }

        return bundle;
    }

    /// <summary><see cref="MappedResource.LeftOut"/> of an entry of <see cref="ToTransaction"/>.</summary>
    public static IReadOnlyList<string> LeftOut(Bundle.EntryComponent entry) =>
        [.. entry.Extension.Where(extension => extension.Url == Canonicals.NotSaid).Select(extension => (extension.Value as FhirString)?.Value).OfType<string>()];
}
