namespace ChwFhir.WriteBack;

/// <summary>What came of reading a document's text.</summary>
internal abstract record LineReading
{
    private LineReading() { }

    /// <param name="Line"><c>note id/key</c>; null: no document of ours.</param>
    public sealed record Read(string? Line) : LineReading;

    /// <summary>The EHR does not give its text away: nobody can say whether it is ours.</summary>
    public sealed record NotReadable : LineReading;

    public sealed record NoAnswer : LineReading;
}
