namespace ChwFhir;

/// <summary>Which notes of the present EHR are listed.</summary>
public sealed record NoteQuery
{
    /// <summary><c>Patient/…</c>.</summary>
    public string? Patient { get; init; }
    /// <summary><c>Practitioner/…</c>.</summary>
    public string? Author { get; init; }
    /// <summary>A state's word, such as <c>needs-attention</c>; a word that is none finds nothing.</summary>
    public string? State { get; init; }
    /// <summary>Received at or after.</summary>
    public DateTimeOffset? Since { get; init; }
    public int Limit { get; init; } = 50;
    /// <summary>The <c>next</c> of the page before.</summary>
    public string? Cursor { get; init; }
}
