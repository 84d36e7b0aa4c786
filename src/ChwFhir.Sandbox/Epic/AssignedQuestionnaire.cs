using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Epic;

/// <summary>Answers to a questionnaire that was assigned to the patient here, and to no other: its subject is the number of the assignment, its items are the server's own.</summary>
internal static class AssignedQuestionnaire
{
    private static readonly Dictionary<string, string> Answers = new()
    {
        ["decimal"] = "valueDecimal",
        ["integer"] = "valueDecimal",
        ["quantity"] = "valueQuantity",
        ["date"] = "valueDate",
        ["time"] = "valueTime",
        ["boolean"] = "valueBoolean",
    };

    public static JsonObject Read(JsonObject body, Session session, ServerAddress address)
    {
        if (body["status"].String() is not ("in-progress" or "completed"))
            throw Numbers.RequiredInvalid("status is in-progress or completed.", "status");
        if (body["questionnaire"].String() is not { } canonical)
            throw Numbers.RequiredMissing("questionnaire is required.", "questionnaire");
        if (body["subject"]?["identifier"]?["value"].String() is not { } number)
            throw Numbers.RequiredMissing("subject is the identifier of the assignment.", "subject");
        if (Assignment(session, number) is not { } plan || !plan.At("activity.detail.instantiatesCanonical").Any(assigned => Name(assigned.String(), address) == Name(canonical, address)))
            throw Numbers.BusinessRule("The questionnaire is not assigned to this patient.", "subject");
        if (Reference.Read(canonical, address) is not { Type: "Questionnaire" } target || session.Find("Questionnaire", target.Id) is not { Deleted: false } questionnaire)
            throw Numbers.ReferenceNotFound("The questionnaire is not here.", "questionnaire");
        Check(body["item"].Objects(), Json.Stored(questionnaire.Json)["item"].Objects().ToDictionary(item => item["linkId"].String()!, StringComparer.Ordinal));
        var kept = body.DeepClone().AsObject();
        kept.Remove("identifier");
        kept["questionnaire"] = $"Questionnaire/{target.Id}";
        kept["subject"] = plan["subject"]!.DeepClone();
        return kept;
    }

    private static void Check(IEnumerable<JsonObject> items, Dictionary<string, JsonObject> asked)
    {
        foreach (var item in items)
        {
            if (item["linkId"].String() is not { } link || !asked.TryGetValue(link, out var question))
                throw Numbers.BusinessRule("The questionnaire has no such item.", "item/linkId");
            var expected = Answers.GetValueOrDefault(question["type"].String() ?? "", "valueString");
            if (item["answer"].Objects().Any(answer => answer[expected] is null))
                throw Numbers.BusinessRule($"The answer is not a {expected}.", "item/answer");
        }
    }

    private static JsonObject? Assignment(Session session, string number) => session.Sql.All("""
        SELECT r.json FROM token t JOIN resource r ON r.row = t.row WHERE t.type = 'CarePlan' AND t.param = 'identifier' AND t.value = $0 AND r.deleted = 0
        """, row => row.GetString(0), number).Select(Json.Stored).FirstOrDefault();

    private static string? Name(string? canonical, ServerAddress address) => canonical is null ? null : (address.Local(canonical) ?? canonical).Split('|')[0];
}
