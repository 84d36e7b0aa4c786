using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Chart;
using ChwFhir.Fhir;

namespace ChwFhir.Api.Fhir;

/// <summary>
/// A patient's record as this door shows it: with ids, versions, and references that can be followed. What is here goes by <c>Type/id</c>; what is the EHR's, by its whole
/// address, since here it would not be found.
/// </summary>
internal sealed class ShownRecord
{
    private readonly string ehr;
    private readonly Dictionary<string, RecordEntry> byReference = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> byUrn = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> shown = new(StringComparer.Ordinal);

    public ShownRecord(PatientRecord record, string ehr)
    {
        this.ehr = ehr;
        foreach (var entry in record.Entries)
        {
            byReference[Reference(entry)] = entry;
            byUrn[entry.FullUrl] = Reference(entry);
        }
    }

    /// <summary>Those of a type, the latest visit first.</summary>
    public IEnumerable<RecordEntry> Of(string type) =>
        byReference.Values.Where(entry => entry.Resource.TypeName == type).OrderByDescending(entry => entry.When).ThenBy(entry => entry.Id, StringComparer.Ordinal);

    public IEnumerable<RecordEntry> All => byReference.Values;

    public RecordEntry? Find(string reference) => byReference.GetValueOrDefault(reference);

    public static string Reference(RecordEntry entry) => $"{entry.Resource.TypeName}/{entry.Id}";

    public JsonObject Show(RecordEntry entry)
    {
        if (shown.TryGetValue(Reference(entry), out var before))
            return before;

        var said = JsonNode.Parse(FhirJson.ToBytes(entry.Resource))!.AsObject();
        Resolve(said);
        var meta = said["meta"] as JsonObject ?? [];
        said.Remove("meta");
        said.Remove("id");
        var resource = new JsonObject { ["resourceType"] = entry.Resource.TypeName, ["id"] = entry.Id };
        // The edition, and what it says: another look at the EHR may give the same edition another encounter.
        resource["meta"] = new JsonObject
        {
            ["versionId"] = string.Create(CultureInfo.InvariantCulture, $"{entry.Edition}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said.ToJsonString() + meta.ToJsonString())))[..12]}"),
            ["lastUpdated"] = entry.Updated.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
        };
        Move(meta, resource["meta"]!.AsObject());
        Move(said, resource);
        return shown[Reference(entry)] = resource;
    }

    private static void Move(JsonObject from, JsonObject to)
    {
        foreach (var (name, value) in from.ToList())
        {
            from.Remove(name);
            to.TryAdd(name, value);
        }
    }

    private void Resolve(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var one in list)
                    Resolve(one);
                break;
            case JsonObject item:
                if (ElementPath.Text(item["reference"]) is { } reference)
                    Resolve(item, reference);
                foreach (var (_, value) in item)
                    Resolve(value);
                break;
        }
    }

    private void Resolve(JsonObject item, string reference)
    {
        if (byUrn.TryGetValue(reference, out var here))
            item["reference"] = here;
        else if (reference.Split("?identifier=", 2) is [var type, var number])
        {
            // Nobody has been found by it yet: a logical reference.
            item.Remove("reference");
            item["type"] = type;
            var parts = Uri.UnescapeDataString(number).Split('|', 2);
            item["identifier"] = parts is [var system, var value] ? new JsonObject { ["system"] = system, ["value"] = value } : new JsonObject { ["value"] = parts[0] };
        }
        else if (!reference.StartsWith('#') && !reference.Contains(':', StringComparison.Ordinal))
            item["reference"] = $"{ehr}/{reference}";
    }
}
