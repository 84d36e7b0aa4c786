using System.Text.Json.Serialization;

namespace ChwFhir.Intake;

/// <summary>Something the service noticed about a note, shown with its status: never a reason to drop anything.</summary>
/// <param name="Severity"><c>information</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Code">Stable word, such as <c>red-flag</c>.</param>
/// <param name="Pointer">JSON Pointer into the note; null when it is about the whole.</param>
public sealed record NoteIssue(string Severity, string Code, string? Pointer, string Detail)
{
    /// <summary>It speaks of what is held back from the chart: for those alone who may know that by name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Held { get; init; }
}
