using System.Text;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using Microsoft.Extensions.Caching.Memory;

namespace ChwFhir.WriteBack;

/// <summary>The reference line that a document of the EHR ends with. Each text is read once: a chart may be long, and it is searched again and again.</summary>
internal sealed class DocumentLines(EhrQuestions questions) : IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(30);
    private readonly MemoryCache read = new(new MemoryCacheOptions { SizeLimit = 50_000 });

    public async Task<LineReading> OfAsync(DocumentReference document, CancellationToken cancellationToken)
    {
        // A server that renders what it was sent gives the same words in each form: the first that can be read tells.
        var unread = false;
        foreach (var attachment in document.Content.Select(content => content.Attachment).OfType<Attachment>().Where(MayBeText))
        {
            switch (await OfAsync(document, attachment, cancellationToken))
            {
                case LineReading.NotReadable: unread = true; break;
                case var reading: return reading;
            }
        }
        return unread ? new LineReading.NotReadable() : new LineReading.Read(null);
    }

    public void Dispose() => read.Dispose();

    private async Task<LineReading> OfAsync(DocumentReference document, Attachment attachment, CancellationToken cancellationToken)
    {
        if (attachment.Data is { Length: > 0 } data)
            return LineReading.Read.Of(data, attachment.ContentType);
        if (attachment.Url is not { } url)
            return new LineReading.NotReadable();

        var key = (document.Id, document.Meta?.VersionId, document.Meta?.LastUpdated, url);
        if (read.TryGetValue(key, out LineReading.Read? known))
            return known!;

        switch (await questions.ReadContentAsync(url, cancellationToken))
        {
            case FhirAnswer.Done { Resource: Binary { Data: { } cut } } when IsCut(cut):
                return new LineReading.NoAnswer();
            case FhirAnswer.Done { Resource: Binary { Data: { } bytes } binary }:
                var line = LineReading.Read.Of(bytes, binary.ContentType ?? attachment.ContentType);
                read.Set(key, line, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered });
                return line;
            case FhirAnswer.Done or FhirAnswer.NotSent { Sends: 0 }:
                return new LineReading.NotReadable();
            case FhirAnswer.Refused refused when !Answers.IsAboutEndpoint(refused):
                return new LineReading.NotReadable();
            default:
                return new LineReading.NoAnswer();
        }
    }

    // The line stands at the end: a page that lost its end on the way proves nothing.
    private static bool IsCut(ReadOnlySpan<byte> content)
    {
        var text = content.TrimEnd(" \t\r\n\0"u8);
        var head = Encoding.Latin1.GetString(text[..Math.Min(text.Length, 256)]).TrimStart();
        if (!head.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) && !head.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
            return false;
        return !Encoding.Latin1.GetString(text[Math.Max(0, text.Length - 16)..]).EndsWith("</html>", StringComparison.OrdinalIgnoreCase);
    }

    // What was sent as text never comes back as a picture alone.
    private static bool MayBeText(Attachment attachment) => attachment.ContentType?.Split(';')[0].Trim() is not { Length: > 0 } type
        || !(type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase) || type.Equals("application/pdf", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/dicom", StringComparison.OrdinalIgnoreCase));
}
