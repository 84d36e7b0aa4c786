namespace ChwFhir.Api.Imports;

/// <param name="Number">Of the line in the body, from 1.</param>
/// <param name="Bytes">Empty where it is longer than may be taken.</param>
internal sealed record NdjsonLine(long Number, ReadOnlyMemory<byte> Bytes, bool IsTooLong);
