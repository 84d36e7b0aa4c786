namespace ChwFhir.Api.VisitNotes;

/// <param name="Name">As its file: <c>first-visit</c>.</param>
/// <param name="Title">As a person says it: <c>First visit</c>.</param>
internal sealed record SampleNote(string Name, string Title, string Json);
