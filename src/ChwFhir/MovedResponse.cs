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
        Check(response, rightPatient["check"]);
        return (Encoding.UTF8.GetBytes(response.ToJsonString()), new SentAs("application/fhir+json", DocumentId: MovedNote.IdOf(id)));
    }

    // What is known of the right patient stands where a response says it: in a contained Patient, the only one.
    private static void Check(JsonObject response, JsonNode? check)
    {
        var contained = new JsonArray([.. (response["contained"] as JsonArray ?? []).Where(one => (string?)one?["resourceType"] != "Patient").Select(one => one?.DeepClone())]);
        if (check is JsonObject said)
        {
            var patient = new JsonObject { ["resourceType"] = "Patient", ["id"] = "right-patient" };
            if (said["familyName"] is { } family)
                patient["name"] = new JsonArray(new JsonObject { ["family"] = family.DeepClone() });
            if (said["birthDate"] is { } born)
                patient["birthDate"] = born.DeepClone();
            contained.Add(patient);
        }

        response.Remove("contained");
        if (contained.Count > 0)
            response["contained"] = contained;
    }
}
