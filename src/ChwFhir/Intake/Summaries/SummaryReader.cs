using ChwFhir.Intake.Ccda;
using ChwFhir.Intake.FhirDocuments;
using ChwFhir.Intake.Hl7;
using ChwFhir.Intake.Printed;

namespace ChwFhir.Intake.Summaries;

/// <summary>Reads an after-visit summary in any form, by its media type.</summary>
public static class SummaryReader
{
    private static readonly Dictionary<string, Func<SummaryCall, IntakeOptions, SummaryReading>> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["application/json"] = JsonSummaryReader.Read,
        ["application/cda+xml"] = CcdaReader.Read,
        ["application/xml"] = CcdaReader.Read,
        ["text/xml"] = CcdaReader.Read,
        ["application/fhir+json"] = FhirSummaryReader.Read,
        ["text/plain"] = PrintedReader.Read,
        ["text/html"] = PrintedReader.Read,
        ["text/markdown"] = PrintedReader.Read,
        [MdmReader.MediaType] = MdmReader.Read,
    };

    /// <summary>The media types that are taken, without parameters.</summary>
    public static IReadOnlyCollection<string> MediaTypes => Readers.Keys;

    /// <summary>Reads a summary. Never throws for what the bytes say.</summary>
    public static SummaryReading Read(SummaryCall call, IntakeOptions options)
    {
        if (!Readers.TryGetValue(MediaTypeOf(call.ContentType), out var read))
            return new SummaryReading.NotAForm();
        if (call.Body.Length > options.MaxBytesWithAttachments)
            return new SummaryReading.TooLarge(options.MaxBytesWithAttachments);

        return read(call, options);
    }

    /// <summary>A media type without its parameters.</summary>
    public static string MediaTypeOf(string contentType) => contentType.Split(';')[0].Trim();
}
