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

    /// <summary>Everything as conditional creates in one transaction.</summary>
    public Bundle ToTransaction()
    {
        var bundle = new Bundle { Type = Bundle.BundleType.Transaction };

        foreach (var mapped in Resources)
        {
            bundle.Entry.Add(new Bundle.EntryComponent
            {
                FullUrl = mapped.FullUrl,
                Resource = mapped.Resource,
                Request = new Bundle.RequestComponent { Method = Bundle.HTTPVerb.POST, Url = mapped.Resource.TypeName, IfNoneExist = mapped.IfNoneExist },
            });
        }

        return bundle;
    }
}
