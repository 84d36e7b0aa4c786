namespace ChwFhir.Api.Imports;

/// <summary>The next of an import: a document, or why there is none.</summary>
/// <param name="File">Null where it did not come from a file.</param>
/// <param name="Line">From 1; of a file that is one document, 0.</param>
internal sealed record ImportItem(string? File, long Line, ImportDocument? Document, ImportResult? Refusal)
{
    /// <summary>Which of a batch's messages it is, from 1.</summary>
    public int? Message { get; init; }

    public static ImportItem Of(NdjsonLine line, string? file = null)
    {
        if (line.IsTooLong)
            return Refused(file, line.Number, StatusCodes.Status413PayloadTooLarge, "too-large", "The line is longer than is taken here.");
        if (ImportLine.Read(line.Bytes, out var fault) is { } document)
            return new ImportItem(file, line.Number, document, null);
        var refused = Refused(file, line.Number, fault!.Code == "not-json" ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity, fault.Code, "This is nothing that is taken here.");
        return refused with { Refusal = refused.Refusal! with { Errors = [fault] } };
    }

    public static ImportItem Refused(string? file, long line, int status, string code, string detail) =>
        new(file, line, null, new ImportResult(line, status, null) { File = file, Code = code, Detail = detail });
}
