using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>What came of one question to the chart.</summary>
public sealed record Answered<T>(IReadOnlyList<T> Items, IReadOnlyList<UnreadPiece> Missing) where T : Resource
{
    /// <summary>The EHR gave a definite answer, though it may be a no.</summary>
    public bool IsAnswer => Missing.All(piece => piece.Why != Unread.NoAnswer);
}
