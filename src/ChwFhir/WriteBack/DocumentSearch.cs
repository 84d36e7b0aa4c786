using System.Globalization;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;

namespace ChwFhir.WriteBack;

/// <summary>
/// Looks for documents of ours by the line that they end with, in the text of every document of the patient that may have been filed since.
/// A page or a text that cannot be read makes the search incomplete; so does somebody else's note that ends with a copy of ours.
/// </summary>
internal sealed class DocumentSearch(EhrQuestions questions, DocumentLines lines)
{
    private const string Type = "DocumentReference";
    private const int AtOnce = 4;

    // Clocks differ, and dates are days of some place.
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    /// <param name="wanted">Lines, as <c>note id/key</c>, each with what its document begins with; null where that is not known.</param>
    /// <param name="filedSince">When the first of them may have been filed.</param>
    /// <param name="dated">The date that it was sent with: some servers keep that one as theirs.</param>
    /// <returns>Null when the EHR gives no answer just now.</returns>
    public async Task<DocumentsFound?> FindAsync(string patient, IReadOnlyDictionary<string, string?> wanted, DateTimeOffset filedSince, DateTimeOffset? dated, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var from = (dated < filedSince ? dated.Value : filedSince) - Slack;
        var search = await questions.SearchAsync(Type, [new("patient", patient), .. Narrowing(capabilities, filedSince - Slack, from), .. Companions.Of(Type, patient, capabilities).Where(one => one.Key != "patient")], cancellationToken);
        var refused = search.Trouble is FhirAnswer.Refused answer && !Answers.IsAboutEndpoint(answer);
        if (!search.Complete && !refused && !EhrQuestions.IsPartial(search))
            return null;

        var candidates = search.Matches.OfType<DocumentReference>().Where(document => MayBe(document, patient, filedSince - Slack, from))
            .OrderBy(document => document.Date ?? document.Meta?.LastUpdated).ToList();
        Dictionary<string, DocumentReference> found = [];
        var complete = search.Complete;
        foreach (var some in candidates.Chunk(AtOnce))
        {
            var readings = await Task.WhenAll(some.Select(document => lines.OfAsync(document, cancellationToken)));
            foreach (var (document, reading) in some.Zip(readings))
            {
                if (reading is LineReading.Read { Line: { } line, Head: var head } && wanted.TryGetValue(line, out var opening))
                {
                    // What was copied is older than its copies.
                    if (opening is null || head?.Contains(opening, StringComparison.Ordinal) is true)
                        found.TryAdd(line, document);
                    else
                        complete = false;
                }
                complete &= reading is not LineReading.NotReadable;
            }
            if (found.Count == wanted.Count)
                return new DocumentsFound(found, true);
            if (readings.Any(reading => reading is LineReading.NoAnswer))
                return null;
        }
        return new DocumentsFound(found, complete);
    }

    // The server's own time says most; its date may be the one that was sent.
    private static IEnumerable<KeyValuePair<string, string>> Narrowing(EhrCapabilities capabilities, DateTimeOffset filed, DateTimeOffset from)
    {
        if (capabilities.Declares(Type, "_lastUpdated"))
            yield return new("_lastUpdated", $"ge{filed.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}");
        else if (capabilities.Declares(Type, "date"))
            yield return new("date", $"ge{from.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
    }

    private static bool MayBe(DocumentReference document, string patient, DateTimeOffset filed, DateTimeOffset from) =>
        (document.Subject?.Reference is not { } subject || subject.EndsWith(patient, StringComparison.Ordinal))
        && !(document.Meta?.LastUpdated < filed)
        && !(document.Date < from);
}
