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
        if (SummaryReader.MediaTypeOf(content.SentAs.ContentType) != SentAs.Json.ContentType)
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
}
