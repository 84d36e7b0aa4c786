using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using ChwFhir.Api.Host;

namespace ChwFhir.Api.Imports;

/// <summary>The documents of files, one after the other; of a file of lines never more than one line is held.</summary>
/// <param name="passed">Is told of the bytes that were read.</param>
internal sealed class ImportReading(ImportOrder order, Action<long> passed)
{
    public async IAsyncEnumerable<ImportItem> ReadAsync(ImportFiles files, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in files.Files)
        {
            var contentType = FileForms.ContentTypeOf(file.Name)!;
            if (contentType == FileForms.Ndjson)
            {
                await foreach (var item in LinesAsync(file, cancellationToken))
                    yield return item;
                continue;
            }
            foreach (var item in ImportBatch.Parts(await WholeAsync(file, contentType, cancellationToken)))
                yield return item;
            passed(file.Length);
        }
    }

    private async IAsyncEnumerable<ImportItem> LinesAsync(FileInfo file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = file.OpenRead();
        var before = 0L;
        await foreach (var line in NdjsonReader.ReadAsync(PipeReader.Create(stream), (int)Listening.LargestBody, cancellationToken))
        {
            foreach (var item in ImportBatch.Parts(ImportItem.Of(line, file.FullName)))
                yield return item;
            passed(stream.Position - before);
            before = stream.Position;
        }
        passed(stream.Position - before);
    }

    private async Task<ImportItem> WholeAsync(FileInfo file, string contentType, CancellationToken cancellationToken)
    {
        if (file.Length > Listening.LargestBody)
            return ImportItem.Refused(file.FullName, 0, StatusCodes.Status413PayloadTooLarge, "too-large", "The file is larger than is taken here.");
        var bytes = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        if (contentType == Media.Json)
            return ImportItem.Of(new NdjsonLine(0, bytes.AsMemory().Span.StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes, IsTooLong: false), file.FullName);
        return new ImportItem(file.FullName, 0, new ImportDocument(DocumentForm.AfterVisitSummary, bytes, contentType, order.Patient ?? file.FullName) { Patient = order.Patient, Encounter = order.Encounter }, null);
    }
}
