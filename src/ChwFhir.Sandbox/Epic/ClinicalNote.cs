using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Epic;

/// <summary>
/// A clinical note: for an encounter of the same patient, one plain text, a type from the list. Only what is documented as stored is kept;
/// it is filed under the user that the client stands for, so author, identifier and relations are dropped. What is kept is the text as it came;
/// readers get it by <see cref="NoteContent"/>.
/// </summary>
internal sealed class ClinicalNote(ServerAddress address, NoteTypes types, TimeProvider clock)
{
    private const string Category = "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category";
    private const string NoteNumber = "urn:oid:1.2.840.114350.1.13.0.1.7.2.727879";

    public JsonObject Read(JsonObject body, Session session, string id)
    {
        if (body["status"].String() != "current")
            throw Numbers.RequiredInvalid("status is current.", "status");
        var docStatus = body["docStatus"].String() ?? "final";
        if (docStatus is not ("final" or "preliminary"))
            throw Numbers.RequiredInvalid("docStatus is final or preliminary.", "docStatus");
        var patient = ChartReference.Patient(body, session, address);
        var stored = ChartReference.Encounter(body.At("context.encounter").FirstOrDefault(), patient.Id, session, address, "context/encounter");
        var encounter = Json.Stored(stored.Json);
        if (encounter["status"].String() is "cancelled" or "entered-in-error")
            throw Numbers.BusinessRule("The encounter was cancelled.", "context/encounter");
        if (docStatus == "final" && ChartState.Has(session, stored, ChartState.PreCharting))
            throw Numbers.BusinessRule("In a pre-charting encounter a note is preliminary.", "docStatus");
        return new JsonObject
        {
            ["resourceType"] = "DocumentReference",
            ["identifier"] = new JsonArray(new JsonObject { ["system"] = NoteNumber, ["value"] = Number(id) }),
            ["status"] = "current",
            ["docStatus"] = docStatus,
            ["type"] = NoteType(body),
            ["category"] = new JsonArray(new JsonObject
            {
                ["coding"] = new JsonArray(new JsonObject { ["system"] = Category, ["code"] = "clinical-note", ["display"] = "Clinical Note" }),
                ["text"] = "Clinical Note"
            }),
            ["subject"] = new JsonObject { ["reference"] = patient.Reference, ["display"] = Name(patient) },
            ["date"] = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["author"] = new JsonArray(new JsonObject { ["type"] = "Practitioner", ["display"] = "Background User, Integration" }),
            ["content"] = new JsonArray(FirstAttachment(body)),
            ["context"] = Context(stored, encounter)
        };
    }

    private JsonObject NoteType(JsonObject body)
    {
        if (body.At("type.coding").FirstOrDefault() is null)
            throw Numbers.RequiredMissing("A note type is required.", "type");
        return types.Find(body.At("type.coding")) ?? throw Numbers.RequiredInvalid("The note type is not one that this organization takes.", "type");
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

    private static JsonObject Context(StoredResource stored, JsonObject encounter)
    {
        var reference = new JsonObject { ["reference"] = stored.Reference };
        if (encounter["identifier"].Objects().FirstOrDefault() is { } number)
            reference["identifier"] = number.DeepClone();
        if (encounter.At("type.text").FirstOrDefault().String() is { } type)
            reference["display"] = type;
        var context = new JsonObject { ["encounter"] = new JsonArray(reference) };
        if (encounter["period"]?["start"].String() is { } start)
            context["period"] = new JsonObject { ["start"] = start };
        return context;
    }

    private static string Name(StoredResource patient)
    {
        var name = Json.Stored(patient.Json)["name"].Objects().FirstOrDefault();
        return $"{name?["family"].String()}, {string.Join(' ', (name?["given"]).Array().Select(given => given.String()))}";
    }

    // The server's own numbers have nothing to do with what a caller sent.
    private static string Number(string id)
    {
        var number = 17UL;
        foreach (var letter in Encoding.ASCII.GetBytes(id))
            number = (number * 31) + letter;
        return (number % 9_000_000_000 + 1_000_000_000).ToString(CultureInfo.InvariantCulture);
    }
}
