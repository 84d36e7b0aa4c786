using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Chart;
using ChwFhir.Fhir;

namespace ChwFhir.Api.Fhir;

/// <summary>
/// A patient's record as this door shows it: with ids, versions, and references that can be followed. What is here goes by <c>Type/id</c>; what is the EHR's, by its whole
/// address, since here it would not be found; what its reader is not shown, by nothing at all. It may be shared: each resource is shown once, and given as a copy.
/// </summary>
internal sealed class ShownRecord
{
    private readonly string ehr;
    private readonly PatientRecord record;
    private readonly Dictionary<string, RecordEntry> byReference = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> byUrn = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ShownResource> shown = new(StringComparer.Ordinal);

    public ShownRecord(PatientRecord record, string ehr)
    {
        (this.record, this.ehr) = (record, ehr);
        foreach (var entry in record.Entries)
        {
            byReference[Reference(entry)] = entry;
            byUrn[entry.FullUrl] = Reference(entry);
        }
    }

    public int Withheld => record.Withheld;

    public int HeldBack => record.HeldBack;

    public int NotMapped => record.NotMapped;

    /// <summary>Those of a type, the latest visit first.</summary>
    public IEnumerable<RecordEntry> Of(string type) =>
        byReference.Values.Where(entry => entry.Resource.TypeName == type).OrderByDescending(entry => entry.When).ThenBy(entry => entry.Id, StringComparer.Ordinal);

    public IEnumerable<RecordEntry> All => byReference.Values;

    public RecordEntry? Find(string reference) => byReference.GetValueOrDefault(reference);

    /// <summary>By whichever of the notes that tell it.</summary>
    public RecordEntry? Find(string type, string id) =>
        byReference.GetValueOrDefault($"{type}/{id}") ?? byReference.Values.FirstOrDefault(entry => entry.Resource.TypeName == type && RecordIds.AreSame(entry.Id, id));

    public static string Reference(RecordEntry entry) => $"{entry.Resource.TypeName}/{entry.Id}";

    public ShownResource Show(RecordEntry entry) => shown.GetOrAdd(Reference(entry), (_, one) => Make(one), entry);

    private ShownResource Make(RecordEntry entry)
    {
        var said = JsonNode.Parse(FhirJson.ToBytes(entry.Resource))!.AsObject();
        Resolve(said);
        var meta = said["meta"] as JsonObject ?? [];
        said.Remove("meta");
        said.Remove("id");
        var resource = new JsonObject { ["resourceType"] = entry.Resource.TypeName, ["id"] = entry.Id };
        // The edition, and what it says: another look at the EHR may give the same edition another encounter.
        var version = string.Create(CultureInfo.InvariantCulture, $"{entry.Edition}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said.ToJsonString() + meta.ToJsonString())))[..12]}");
        resource["meta"] = new JsonObject
        {
            ["versionId"] = version,
            ["lastUpdated"] = entry.Updated.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
        };
        Move(meta, resource["meta"]!.AsObject());
        Move(said, resource);
        return new ShownResource(Encoding.UTF8.GetBytes(resource.ToJsonString()), version);
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
        else if (reference.StartsWith("urn:uuid:", StringComparison.Ordinal))
        {
            // To what its reader is not shown. Its name is made of what it says, and its display says it: neither may be read here.
            item.Clear();
            item["extension"] = new JsonArray(new JsonObject { ["url"] = "http://hl7.org/fhir/StructureDefinition/data-absent-reason", ["valueCode"] = "masked" });
        }
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
