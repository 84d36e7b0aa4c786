using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Intake;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.CareTeam;

/// <summary>Words that go to the chart, in the form in which inputs are stored and read again: a note of the one who said them.</summary>
internal static class FiledNote
{
    public static byte[] Of(string id, TeamCaller caller, StoredMessage message, WordsToFile words)
    {
        var when = words.At.ToString("O", CultureInfo.InvariantCulture);
        var sections = new JsonArray(Section(words.Title, words.Text));
        if (words.Part != "message")
            sections.Add(Section("The message", $"{MessageBody.Read(message.Body).Text}\n\n{Sender(message)}"));
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["id"] = id,
            ["authored"] = when,
            ["patient"] = Patient(message.Patient),
            ["author"] = new JsonObject { ["reference"] = caller.Self },
            ["visit"] = new JsonObject { ["kind"] = "message", ["status"] = "completed", ["start"] = when },
            ["sections"] = sections,
        }.ToJsonString());
    }

    private static JsonObject Section(string title, string text) => new() { ["title"] = title, ["text"] = text };

    private static string Sender(StoredMessage message)
    {
        var sent = message.SentAt.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
        return $"Sent by {(message.SenderRole == TeamRoles.Chw ? "a community health worker, not a clinician" : "a member of the care team")}, {sent}.";
    }

    // Whose chart it is the EHR may not have said yet.
    private static JsonObject Patient(string patient)
    {
        if (FhirReference.TryParse(patient, out _))
            return new JsonObject { ["reference"] = patient };
        var identifier = Identities.Parse(patient);
        return new JsonObject { ["identifier"] = new JsonObject { ["system"] = identifier.System, ["value"] = identifier.Value } };
    }
}
