namespace ChwFhir.Chart;


/// <summary>A part of the overview, as far as it could be read. One that could not never keeps the others away.</summary>
/// <param name="Missing">What of it could not be read; empty when it is whole.</param>
public sealed record ChartPart<T>(IReadOnlyList<T> Items, IReadOnlyList<UnreadPiece> Missing)
{
    /// <summary>All that there is was read; an EHR that always says that there may be more does not change that.</summary>
    public bool IsWhole => Missing.All(piece => piece.Why == Unread.MayBeMore);

    /// <summary>The one of a part that is one thing.</summary>
    public T? One => Items.Count > 0 ? Items[0] : default;
}
