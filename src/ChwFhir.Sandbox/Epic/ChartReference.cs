using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Epic;

/// <summary>The patient and the encounter that a write names: there, open to the caller, and belonging together.</summary>
internal static class ChartReference
{
    public static StoredResource Patient(JsonObject body, Session session, ServerAddress address)
    {
        if (body["subject"]?["reference"].String() is not { } text)
            throw Numbers.RequiredMissing("subject is required.", "subject");
        if (Reference.Read(text, address) is not { Type: "Patient" } target || session.Find("Patient", target.Id) is not { } patient)
            throw Numbers.ReferenceNotFound("The subject is no patient here.", "subject");
        ChartState.Refuse(session, patient, toldOf: 400);
        return patient;
    }

    public static StoredResource Encounter(JsonNode? reference, string patient, Session session, ServerAddress address, string expression)
    {
        if (reference?["reference"].String() is not { } text)
            throw Numbers.RequiredMissing("A valid encounter is required.", expression);
        if (Reference.Read(text, address) is not { Type: "Encounter" } target || session.Find("Encounter", target.Id) is not { Deleted: false } encounter)
            throw Numbers.ReferenceNotFound("A valid encounter is required.", expression);
        ChartState.Refuse(session, encounter, toldOf: 400);
        return encounter.Patient == patient ? encounter : throw Numbers.RequiredInvalid("The encounter is another patient's: invalid subject.", "subject");
    }
}
