using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;
using ChwFhir.Queue;

namespace ChwFhir;

/// <summary>A completed screening received anew for the right patient. Its maker's identifier names the one in the wrong chart, so it gets one of its own.</summary>
internal static class MovedResponse
{
    public static (byte[] Body, SentAs SentAs) Of(NoteContent content, string id, JsonObject rightPatient)
    {
        var bytes = QuestionnaireResponseReader.IsXml(content.SentAs.ContentType) && ResponseXml.ToJson(content.Input, content.SentAs.ContentType, out _) is { } json ? json : content.Input.ToArray();
        var response = JsonNode.Parse(StrictJson.WithoutMark(bytes))!.AsObject();
        response.Remove("identifier");
        response.Remove("encounter");
        var subject = new JsonObject();
        foreach (var member in new[] { "reference", "identifier" })
        {
            if (rightPatient[member] is { } value)
                subject[member] = value.DeepClone();
        }

        // Who answered for themselves was the right patient all along.
        foreach (var person in new[] { "author", "source" })
        {
            if ((string?)response[person]?["reference"] is { } reference && reference == (string?)response["subject"]?["reference"])
                response[person] = subject.DeepClone();
        }

        response["subject"] = subject;
        return (Encoding.UTF8.GetBytes(response.ToJsonString()), new SentAs("application/fhir+json", DocumentId: MovedNote.IdOf(id)));
    }

    public static IReadOnlyList<NoteFault> NotCarried(NoteContent content, JsonObject rightPatient) => [.. MovedNote.NotCarried(rightPatient, "check")];
}
