using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.SmartApp.Inbox;

/// <summary>What stands in an inbox at the end of a long day: of several patients, with and without somebody to call, urgent and not.</summary>
internal static class ALongDay
{
    private static readonly string[] Patients = ["rosa-m", "walter-b", "evelyn-h", "lucia-v", "thomas-n", "george-t"];

    private static readonly (string Urgency, string Topic, string Text, string? Name, string? Relationship, string? Phone, string? Best, string? Language)[] Said =
    [
        ("stat", "symptom-report", "She is short of breath at rest since noon and could not finish a sentence. Imani is with her.", "Imani", "daughter", "410-555-0177", "any time", "en"),
        ("urgent", "symptom-report", "Pain 9 of 10 at night, left hip, three nights in a row. She asked whether someone can call today.", "Rosa", null, "410-555-0142", "after 4 pm", "es"),
        ("urgent", "medication-question", "The bottle of the water pills is empty since Friday. He does not know whether he should still have them.", "Walter", null, "410-555-0131", null, "en"),
        ("urgent", "caregiver", "Her son has missed four shifts to stay with her. He cried at the door.", "Marcus", "son", "410-555-0165", "evenings", "en"),
        ("routine", "social-need", "Gas shut-off is announced for the 23rd. The LIHEAP papers are with me; they need her social security letter.", null, null, null, null, null),
        ("routine", "appointment", "He cannot come on Tuesday, the ride was cancelled. Any morning next week is fine.", "George", null, "410-555-0190", "mornings", "en"),
        ("routine", "advance-care-planning", "“I don't want them breaking my ribs.” She wants to talk with somebody about that. The proxy paper is in the kitchen drawer.", "Evelyn", null, "410-555-0120", null, "en"),
        ("routine", "update", "The walker has come and fits through the bathroom door.", null, null, null, null, null),
    ];

    public static async Task LiveAsync(Town town, int messages, string to = "nurse")
    {
        for (var number = 0; number < messages; number++)
        {
            var said = Said[number % Said.Length];
            var message = new JsonObject { ["id"] = $"long-day-{to}-{number}", ["to"] = new JsonArray(to), ["urgency"] = said.Urgency, ["topic"] = said.Topic, ["text"] = said.Text, ["needsReply"] = true };
            if (said.Phone is not null)
            {
                message["callback"] = new JsonObject { ["name"] = said.Name, ["relationship"] = said.Relationship, ["phone"] = said.Phone, ["bestTime"] = said.Best, ["language"] = said.Language, ["voicemailOk"] = number % 2 == 0 };
                foreach (var missing in message["callback"]!.AsObject().Where(one => one.Value is null).Select(one => one.Key).ToList())
                    message["callback"]!.AsObject().Remove(missing);
            }
            using var content = new StringContent(message.ToJsonString(), null, "application/json");
            using var answer = await town.Http.PostAsync($"/api/v1/patients/{Patients[number % Patients.Length]}/messages", content);
            Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());
        }
    }
}
