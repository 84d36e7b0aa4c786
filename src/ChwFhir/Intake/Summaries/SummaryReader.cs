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
        if (TextBytes.ByName(TextBytes.CharsetOf(call.ContentType)) is null)
            return new SummaryReading.Unreadable(TextBytes.UnknownCharset);

        // A header that is wrong is a fault whatever the form.
        List<NoteFault> faults = [];
        _ = SummaryHeaders.Read(call, faults);
        return read(call, options) switch
        {
            SummaryReading.Read when faults.Count > 0 => new SummaryReading.Invalid(faults),
            SummaryReading.Invalid invalid => new SummaryReading.Invalid([.. faults.Union(invalid.Faults)]),
            SummaryReading.Read { Summary: { Patient: null, Subject: null or { Identifiers.Count: 0, Family: null, BirthDate: null, Reference: null } } } =>
                new SummaryReading.Invalid([new NoteFault("/patient", "patient-missing", $"The document names no patient: send the header {SummaryHeaders.PatientHeader} with a reference such as Patient/123.")]),
            var reading => reading,
        };
    }

    /// <summary>A media type without its parameters.</summary>
    public static string MediaTypeOf(string contentType) => contentType.Split(';')[0].Trim();
}
