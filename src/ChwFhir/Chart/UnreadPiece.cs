namespace ChwFhir.Chart;


/// <summary>A piece of a part that could not be read.</summary>
/// <param name="Of">The type of FHIR that it is made of, or of this service (<c>visit-note</c>).</param>
public sealed record UnreadPiece(string Of, Unread Why);
