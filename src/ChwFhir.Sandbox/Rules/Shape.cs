using System.Collections.Frozen;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Rules;

/// <summary>Whether a resource is built as R4 says: known elements, one or many of them, what is required, values of their types, codes of required bindings.</summary>
internal sealed class Shape
{
    private const int Told = 50;
    private readonly List<JsonObject> faults = [];

    public static IEnumerable<JsonObject> Faults(string type, JsonObject resource)
    {
        if (resource["resourceType"].String() != type)
            return [Outcome.Issue("error", "invalid", $"The resourceType in the body is not {type}.", "resourceType")];
        var shape = new Shape();
        shape.Resource(resource, type);
        return shape.faults.Take(Told);
    }

    private void Resource(JsonObject resource, string path)
    {
        if (resource["resourceType"].String() is not { } type)
        {
            Add("required", "A resource says its resourceType.", path);
            return;
        }
        // A contained resource of a type that this server does not keep is taken as it is.
        if (Structure.Of(type) is { } elements)
            Members(resource, elements, path, isResource: true);
    }

    private void Members(JsonObject node, FrozenDictionary<string, Element> elements, string path, bool isResource = false)
    {
        if (node.Count == 0)
            Add("structure", "An object may not be empty.", path);
        foreach (var (name, value) in node)
        {
            var place = $"{path}.{name}";
            if (isResource && name == "resourceType")
                continue;
            if (elements.TryGetValue(name, out var element))
                Value(element, value, place, node.ContainsKey("_" + name));
            else if (!(name is ['_', .. var plain] && elements.TryGetValue(plain, out var beside) && Primitives.Is(beside.Type)))
                Add("structure", "R4 has no such element here.", place);
        }
        foreach (var required in elements.Values.Where(element => element.Required))
            if (!IsThere(node, required.Name) && (required.Choice is null || !elements.Values.Any(other => other.Choice == required.Choice && IsThere(node, other.Name))))
                Add("required", $"{required.Choice ?? required.Name} is required.", $"{path}.{required.Choice ?? required.Name}");
        foreach (var choice in elements.Values.Where(element => element.Choice is not null && IsThere(node, element.Name)).GroupBy(element => element.Choice).Where(group => group.Count() > 1))
            Add("structure", $"Only one {choice.Key}[x] may be there.", $"{path}.{choice.Key}");
    }

    private void Value(Element element, JsonNode? value, string path, bool hasExtensions)
    {
        if (!element.Repeats)
        {
            One(element, value, path);
            return;
        }
        if (value is not JsonArray { Count: > 0 } list)
        {
            Add("structure", "This is a list of at least one.", path);
            return;
        }
        for (var i = 0; i < list.Count; i++)
            if (list[i] is not null || !hasExtensions)
                One(element, list[i], $"{path}[{i}]");
    }

    private void One(Element element, JsonNode? value, string path)
    {
        if (Primitives.Is(element.Type))
        {
            if (value is not JsonValue primitive)
                Add("structure", $"This is one value of type {element.Type}.", path);
            else if (Primitives.Fault(element, primitive) is { } fault)
                Add("value", fault, path);
            return;
        }
        if (value is not JsonObject inside)
        {
            Add("structure", "This is one object.", path);
            return;
        }
        if (element.Type == "Resource")
        {
            Resource(inside, path);
            return;
        }
        if (Structure.Of(element.Type.TrimStart('#')) is { } elements)
            Members(inside, elements, path);
        if (element.Targets.Length > 0 && inside["reference"].String()?.Split('/') is [.., var type, _] && Structure.Of(type) is not null && !element.Targets.Contains(type))
            Add("value", $"This refers to one of: {string.Join(", ", element.Targets)}.", path);
    }

    private static bool IsThere(JsonObject node, string name) => node.ContainsKey(name) || node.ContainsKey("_" + name);

    private void Add(string code, string diagnostics, string path) => faults.Add(Outcome.Issue("error", code, diagnostics, path));
}
