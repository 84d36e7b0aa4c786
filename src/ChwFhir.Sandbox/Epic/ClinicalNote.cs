using System.Buffers.Text;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Epic;

/// <summary>
/// A clinical note: for an encounter of the same patient, one plain text, a type from the list. Only what is documented as stored is kept;
/// it is filed under the user that the client stands for, so author, identifier and relations are dropped.
/// </summary>
internal static class ClinicalNote
{
    private static readonly string[] Types = ["11506-3", "34117-2", "11488-4", "28570-0", "34746-8", "34748-4", "34111-5", "51847-2", "34129-7", "34109-9"];

    public static JsonObject Read(JsonObject body, Session session, ServerAddress address)
    {
        if (body["status"].String() != "current")
            throw Numbers.RequiredInvalid("status is current.", "status");
        var docStatus = body["docStatus"].String() ?? "final";
        if (docStatus is not ("final" or "preliminary"))
            throw Numbers.RequiredInvalid("docStatus is final or preliminary.", "docStatus");
        var patient = ChartReference.Patient(body, session, address);
        var encounter = ChartReference.Encounter(body.At("context.encounter").FirstOrDefault(), patient, session, address, "context/encounter");
        return new JsonObject
        {
            ["resourceType"] = "DocumentReference",
            ["status"] = "current",
            ["docStatus"] = docStatus,
            ["type"] = NoteType(body),
            ["category"] = new JsonArray(new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category", ["code"] = "clinical-note", ["display"] = "Clinical Note" }) }),
            ["subject"] = new JsonObject { ["reference"] = $"Patient/{patient}" },
            ["content"] = new JsonArray(FirstAttachment(body)),
            ["context"] = new JsonObject { ["encounter"] = new JsonArray(new JsonObject { ["reference"] = encounter.Reference }) }
        };
    }

    private static JsonNode NoteType(JsonObject body)
    {
        if (body.At("type.coding").FirstOrDefault() is null)
            throw Numbers.RequiredMissing("A note type is required.", "type");
        return body.At("type.coding").FirstOrDefault(coding => coding["system"].String() == "http://loinc.org" && Types.Contains(coding["code"].String())) is { } known
            ? new JsonObject { ["coding"] = new JsonArray(known.DeepClone()) }
            : throw Numbers.RequiredInvalid("The note type is not one that this organization takes.", "type");
    }

    private static JsonObject FirstAttachment(JsonObject body)
    {
        if (body.At("content.attachment").FirstOrDefault() is not { } attachment)
            throw Numbers.RequiredMissing("A note needs its text.", "content/attachment");
        if (attachment["contentType"].String()?.Split(';')[0].Trim() != "text/plain")
            throw Numbers.RequiredInvalid("The text of a note is text/plain.", "content/attachment/contentType");
        if (attachment["data"].String() is not { Length: > 0 } data || !Base64.IsValid(data))
            throw Numbers.RequiredInvalid("The text of a note stands in data, in base64.", "content/attachment/data");
        return new JsonObject { ["attachment"] = new JsonObject { ["contentType"] = "text/plain", ["data"] = data } };
    }
}
