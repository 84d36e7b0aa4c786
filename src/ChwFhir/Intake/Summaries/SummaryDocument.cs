namespace ChwFhir.Intake.Summaries;

/// <summary>The document itself: what it is, what it says of itself, and its bytes as they came.</summary>
public sealed record SummaryDocument
{
    /// <summary>The document's own identifier (ClinicalDocument.id, TXA-12, masterIdentifier).</summary>
    public PersonIdentifier? Identifier { get; init; }

    /// <summary>What all versions of the document share (setId).</summary>
    public PersonIdentifier? SetIdentifier { get; init; }

    public string? Version { get; init; }
    public string? Title { get; init; }

    /// <summary>LOINC type (or another system's) as the document gives it.</summary>
    public DocumentCode? Type { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public string? Language { get; init; }

    /// <summary>FHIR date or dateTime, partial where the document is.</summary>
    public string? Created { get; init; }

    /// <summary>The signer has signed: else it is preliminary. Null when not said.</summary>
    public bool? IsFinal { get; init; }

    /// <summary>HL7 confidentiality <c>N</c>, <c>R</c>, <c>V</c>: of several the strictest.</summary>
    public string? Confidentiality { get; init; }

    /// <summary>Security labels of the document, of its cover and of the Bundle that it came in: what they restrict stays restricted, whatever their system.</summary>
    public IReadOnlyList<DocumentCode> Labels { get; init; } = [];

    /// <summary>Who keeps the original.</summary>
    public string? Custodian { get; init; }
    public IReadOnlyList<PersonIdentifier> CustodianIdentifiers { get; init; } = [];

    /// <summary>The absolute URL of that organisation where the document gives one.</summary>
    public string? CustodianReference { get; init; }

    /// <summary>The earlier document that it replaces or adds to.</summary>
    public PersonIdentifier? Earlier { get; init; }
    public DocumentRelation? Relation { get; init; }

    /// <summary>Media type of <see cref="Original"/>, without parameters but the charset of a text that is not in UTF-8.</summary>
    public required string ContentType { get; init; }

    /// <summary>The bytes that a reader of the original wants: of an envelope (HL7 v2, FHIR) the document within it.</summary>
    public required ReadOnlyMemory<byte> Original { get; init; }
}
