using System.Buffers;
using System.Text.Json;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Client;

/// <summary>The body of an answer, read as far as it came.</summary>
internal sealed record AnswerBody(BodyKind Kind, Resource? Resource, ReadOnlyMemory<byte> Bytes, string? Trouble)
{
    public static async Task<AnswerBody> ReadAsync(HttpContent content, int largest, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream((int)Math.Clamp(content.Headers.ContentLength ?? 4096, 0, Math.Min(largest, 1 << 20)));
        try
        {
            using var stream = await content.ReadAsStreamAsync(cancellationToken);
            if (!await CopyAsync(stream, bytes, largest, cancellationToken))
            {
                return new AnswerBody(BodyKind.TooLarge, null, default, "answer too large");
            }
        }
        catch (OperationCanceledException)
        {
            return new AnswerBody(BodyKind.Cut, null, default, "no answer in time");
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or InvalidDataException)
        {
            return new AnswerBody(BodyKind.Cut, null, default, "answer cut");
        }

        return Of(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
    }

    /// <returns>False when it is longer than the largest.</returns>
    private static async Task<bool> CopyAsync(Stream from, MemoryStream into, int largest, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            for (int count; (count = await from.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (into.Length + count > largest)
                {
                    return false;
                }

                into.Write(buffer, 0, count);
            }

            return true;
        }
        finally
        {
            // It held what an EHR said of a patient.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Content types are not believed: JSON comes as text/plain, pages come as JSON.</summary>
    private static AnswerBody Of(ReadOnlyMemory<byte> bytes)
    {
        var text = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        text = text[..text.Span.TrimEnd(" \t\r\n"u8).Length];
        text = text[(text.Length - text.Span.TrimStart(" \t\r\n"u8).Length)..];
        if (text.IsEmpty)
        {
            return new AnswerBody(BodyKind.Empty, null, bytes, null);
        }

        // A document in RTF, which looks like JSON at its first sign.
        if (text.Span.StartsWith("{\\rtf"u8))
        {
            return text.Span[^1] == '}' ? new AnswerBody(BodyKind.Other, null, bytes, null) : new AnswerBody(BodyKind.Cut, null, text, "answer cut");
        }

        if (text.Span[0] == '{')
        {
            return Json(text);
        }

        return new AnswerBody(IsPage(text.Span) ? BodyKind.Html : BodyKind.Other, null, bytes, null);
    }

    private static AnswerBody Json(ReadOnlyMemory<byte> text)
    {
        if (FhirBody.TryRead(text) is { } resource)
        {
            return new AnswerBody(BodyKind.Fhir, resource, text, null);
        }

        return IsWhole(text.Span)
            ? new AnswerBody(BodyKind.Other, null, text, null)
            : new AnswerBody(BodyKind.Cut, null, text, "answer cut");
    }

    private static bool IsWhole(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1024 });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsPage(ReadOnlySpan<byte> text)
    {
        var head = System.Text.Encoding.Latin1.GetString(text[..Math.Min(text.Length, 512)]);
        return head.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || head.Contains("<html", StringComparison.OrdinalIgnoreCase);
    }
}
