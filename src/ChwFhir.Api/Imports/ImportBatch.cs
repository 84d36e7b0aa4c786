using ChwFhir.Intake.Hl7;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Api.Imports;

/// <summary>A batch of HL7 v2 as its messages, each a document of its own with an answer of its own, as over HTTP and MLLP.</summary>
internal static class ImportBatch
{
    /// <summary>The documents that an item holds; itself where it is no batch.</summary>
    public static IEnumerable<ImportItem> Parts(ImportItem item)
    {
        if (item.Document is not { } document || !SummaryReader.MediaTypeOf(document.ContentType).Equals(MdmReader.MediaType, StringComparison.OrdinalIgnoreCase) || !MdmReader.IsBatch(document.Body))
            return [item];

        var messages = MdmReader.Messages(document.Body);
        if (messages.Count == 0)
            return [item];
        // Of more than that none is taken, so that none is left out without a word.
        if (messages.Count > MdmReader.MostMessages)
            return [ImportItem.Refused(item.File, item.Line, StatusCodes.Status413PayloadTooLarge, "too-large", FormattableString.Invariant($"A batch has at most {MdmReader.MostMessages} messages; none of these was taken."))];
        return messages.Select((message, at) => item with { Message = at + 1, Document = document with { Body = message, DocumentId = null } });
    }
}
