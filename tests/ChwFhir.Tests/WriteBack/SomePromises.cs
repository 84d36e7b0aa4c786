using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Fhir;

namespace ChwFhir.Tests.WriteBack;

/// <summary>A profile under the address that resources of ours claim, which asks for something that not all of them keep to.</summary>
internal static class SomePromises
{
    /// <param name="path">Below the type: <c>addresses.identifier</c>.</param>
    /// <param name="rule">What is asked of it, as in an ElementDefinition.</param>
    public static Lazy<FhirValidation> Asking(string url, string type, string path, string rule)
    {
        JsonArray elements = [Element(type)];
        var names = path.Split('.');
        for (var depth = 1; depth <= names.Length; depth++)
        {
            var element = Element($"{type}.{string.Join('.', names[..depth])}");
            foreach (var (name, value) in depth == names.Length ? JsonNode.Parse(rule)!.AsObject() : [])
                element[name] = value?.DeepClone();
            elements.Add(element);
        }
        var profile = new JsonObject
        {
            ["resourceType"] = "StructureDefinition", ["url"] = url, ["name"] = "Unkept", ["status"] = "active", ["kind"] = "resource", ["abstract"] = false,
            ["type"] = type, ["baseDefinition"] = $"http://hl7.org/fhir/StructureDefinition/{type}", ["derivation"] = "constraint", ["snapshot"] = new JsonObject { ["element"] = elements },
        }.ToJsonString();

        return new(() => new FhirValidation(ProfileSet.Load([new MemoryStream(Encoding.UTF8.GetBytes(profile))])));
    }

    private static JsonObject Element(string path) => new() { ["id"] = path, ["path"] = path };
}
