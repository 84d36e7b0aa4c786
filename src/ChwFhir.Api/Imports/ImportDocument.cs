namespace ChwFhir.Api.Imports;

/// <summary>One document of an import: its bytes, what they are, and what is said of it beside them.</summary>
/// <param name="Lane">Whose it is, as far as a glance can tell: what belongs to one patient is taken in the order of its lines.</param>
internal sealed record ImportDocument(DocumentForm Form, ReadOnlyMemory<byte> Body, string ContentType, string Lane)
{
    public string? Patient { get; init; }

    public string? Encounter { get; init; }

    public string? DocumentId { get; init; }
}
