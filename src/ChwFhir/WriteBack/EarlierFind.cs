using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack;

/// <summary>What is known of the document that another one names.</summary>
/// <param name="Issue">An error where it is another patient's; a warning where it is not in the EHR.</param>
internal sealed record EarlierFind(IReadOnlyList<EarlierDocument> Documents, NoteIssue? Issue)
{
    /// <summary>It is being written: to be asked again then.</summary>
    public DateTimeOffset? Until { get; init; }
}
