namespace ChwFhir.Fhir.Validation;

/// <summary>The primitive types, as far as their texts differ; <see cref="None"/> for types that are no primitives.</summary>
internal enum Format
{
    None,
    Text,
    Markdown,
    Code,
    Id,
    Uri,
    Oid,
    Uuid,
    Date,
    DateTime,
    Instant,
    Time,
    XHtml,
    Boolean,
    Integer,
    PositiveInt,
    UnsignedInt,
    Decimal,
    Bytes,
}
