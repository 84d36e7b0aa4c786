using System.Globalization;
using System.Text.Json.Nodes;
using ChwFhir.Intake;

namespace ChwFhir.CareTeam;

/// <summary>A message that came by itself, in the form in which inputs are stored and read again: a note that says one thing.</summary>
internal static class MessageNote
{
    private const string CallerSystem = "urn:chwfhir:caller";

    public static byte[] Of(string id, TeamCaller caller, string patientId, PostedMessage posted, DateTimeOffset now)
    {
        var message = new JsonObject
        {
            ["id"] = "m1",
            ["to"] = Texts(posted.To.Count > 0 ? posted.To : ["care-team"]),
            ["urgency"] = Words.Of(posted.Urgency),
            ["text"] = posted.Text,
            ["about"] = Texts(posted.About),
            ["needsReply"] = posted.NeedsReply,
        };
        if (posted.Topic is { } topic)
            message["topic"] = Words.Of(topic);
        if (posted.Callback is { } callback)
            message["callback"] = Callback(callback);
        if (posted.Hold is { } hold)
            message["hold"] = new JsonObject { ["why"] = Words.Of(hold.Why), ["for"] = Texts(hold.For) };
        var when = now.ToString("O", CultureInfo.InvariantCulture);
        return System.Text.Encoding.UTF8.GetBytes(new JsonObject
        {
            ["id"] = id,
            ["authored"] = when,
            ["patient"] = new JsonObject { ["reference"] = $"Patient/{patientId}" },
            ["author"] = FhirReference.TryParse(caller.Self, out var self) && self.Type is "Practitioner" or "PractitionerRole"
                ? new JsonObject { ["reference"] = caller.Self }
                : new JsonObject { ["identifier"] = new JsonObject { ["system"] = CallerSystem, ["value"] = caller.Self } },
            ["visit"] = new JsonObject { ["kind"] = "message", ["status"] = "completed", ["start"] = when },
            ["messages"] = new JsonArray(message),
        }.ToJsonString());
    }

    private static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static JsonObject Callback(Callback callback)
    {
        var json = new JsonObject();
        foreach (var (name, text) in new[]
        {
            ("name", callback.Name), ("relationship", callback.Relationship), ("phone", callback.Phone), ("bestTime", callback.BestTime), ("language", callback.Language),
        })
        {
            if (text is not null)
                json[name] = text;
        }
        if (callback.VoicemailOk is { } voicemail)
            json["voicemailOk"] = voicemail;
        return json;
    }
}
