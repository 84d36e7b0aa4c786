using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.Queue;

namespace ChwFhir;

/// <summary>A summary of the wrong patient as one of the right patient: the same words under an id that follows from the first. A document that names somebody itself stays that person's.</summary>
internal static class MovedSummary
{
    public static (byte[] Body, SentAs SentAs) Of(NoteContent content, string id, JsonObject rightPatient)
    {
        var moved = MovedNote.IdOf(id);
        if (!IsJson(content))
            return (content.Input.ToArray(), content.SentAs with { Patient = rightPatient["reference"] is JsonValue said && said.TryGetValue<string>(out var reference) ? reference : null, Encounter = null, DocumentId = moved });

        var summary = JsonNode.Parse(StrictJson.WithoutMark(content.Input.Span))!.AsObject();
        summary["id"] = moved;
        summary["patient"] = rightPatient.DeepClone();
        // The encounter is one of the wrong patient's life; what the summary says of it stays.
        if (summary["encounter"] is JsonObject visit)
        {
            visit.Remove("reference");
            visit.Remove("identifier");
            if (visit.Count == 0)
                summary.Remove("encounter");
        }
        return (Encoding.UTF8.GetBytes(summary.ToJsonString()), SentAs.Json);
    }

    /// <summary>Beside a document that is no JSON only a reference can stand.</summary>
    public static IReadOnlyList<NoteFault> NotCarried(NoteContent content, JsonObject rightPatient)
    {
        if (IsJson(content))
            return [];
        List<NoteFault> faults = [.. MovedNote.NotCarried(rightPatient, "check", "identifier")];
        if (rightPatient["reference"] is null)
            faults.Add(new NoteFault("/rightPatient/reference", "required", "With a document of this form the right patient is named by a reference such as Patient/123."));
        return faults;
    }

    private static bool IsJson(NoteContent content) => SummaryReader.MediaTypeOf(content.SentAs.ContentType).Equals(SentAs.Json.ContentType, StringComparison.OrdinalIgnoreCase);
}
