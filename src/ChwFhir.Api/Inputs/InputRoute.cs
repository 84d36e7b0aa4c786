using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.Api.Inputs;

/// <summary>Where one kind of input is handed in and asked about, and what people call it.</summary>
/// <param name="Path"><c>visit-notes</c>.</param>
/// <param name="Noun">In sentences: <c>note</c>.</param>
/// <param name="Operation">In the names of operations: <c>VisitNote</c>.</param>
internal sealed record InputRoute(string Path, InputKind Kind, string Noun, string Operation)
{
    /// <summary>What came by other ways is asked about here too.</summary>
    public bool ServesOthers { get; init; }

    public string Location(string id) => $"/api/v1/{Path}/{id}";
}
