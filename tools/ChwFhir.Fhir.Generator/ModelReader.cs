using System.Text.Json;

namespace ChwFhir.Fhir.Generator;

/// <summary>Turns StructureDefinitions into classes: which elements, of what type, under which name.</summary>
internal sealed class ModelReader(Definitions definitions, EnumReader enums)
{
    private const string ExplicitTypeName = "http://hl7.org/fhir/StructureDefinition/structuredefinition-explicit-type-name";

    // Written by hand in src/ChwFhir.Fhir/Types.
    private static readonly HashSet<string> ByHand = ["Element", "BackboneElement", "Resource", "DomainResource"];

    // What the package adds to R4 for its own server.
    private static readonly HashSet<string> NotR4 =
    [
        "Meta.project", "Meta.author", "Meta.onBehalfOf", "Meta.account", "Meta.accounts", "Meta.compartment", "Meta.deleted",
        "HealthcareService.offeredIn",
    ];

    private static readonly Dictionary<string, (ElementKind Kind, string Type)> Primitives = new()
    {
        ["boolean"] = (ElementKind.Boolean, "bool"),
        ["integer"] = (ElementKind.Integer, "int"),
        ["positiveInt"] = (ElementKind.Integer, "int"),
        ["unsignedInt"] = (ElementKind.Integer, "int"),
        ["decimal"] = (ElementKind.Decimal, "decimal"),
        ["base64Binary"] = (ElementKind.Bytes, "byte[]"),
        ["instant"] = (ElementKind.Instant, "DateTimeOffset"),
    };

    /// <summary>The named resources and every data type that an element or a choice of theirs can hold.</summary>
    public List<TypeModel> Read(IEnumerable<string> resources)
    {
        var wanted = new SortedSet<string>(resources, StringComparer.Ordinal);
        var waiting = new Queue<string>(wanted);
        var read = new List<TypeModel>();
        while (waiting.TryDequeue(out var name))
        {
            read.Add(ReadType(definitions.Types[name], out var used));
            foreach (var type in used.Where(type => !ByHand.Contains(type) && wanted.Add(type)))
                waiting.Enqueue(type);
        }

        var choices = read.SelectMany(type => type.Classes).SelectMany(model => model.Elements).SelectMany(element => element.Kinds).Select(Naming.Class).ToHashSet();
        foreach (var type in read)
            type.Root.IsChoice = choices.Contains(type.Root.Name);

        return [.. read.OrderBy(type => type.Root.Name, StringComparer.Ordinal)];
    }

    private TypeModel ReadType(JsonElement definition, out HashSet<string> used)
    {
        var type = definition.Text("name")!;
        var className = Naming.Class(type);
        var elements = definition.GetProperty("snapshot").Items("element").ToList();
        used = [];

        var names = ComponentNames(type, elements);
        var models = new List<EnumModel>();
        var root = ReadClass(definition, type, className, className, className, BaseClass(definition), elements, names, used, models);
        var components = new List<ClassModel>();
        foreach (var element in elements.Where(element => names.ContainsKey(element.Text("path")!)))
        {
            var path = element.Text("path")!;
            var baseClass = element.Items("type").Single().Text("code") == "BackboneElement" ? "BackboneElement" : "Element";
            var name = names[path];
            components.Add(ReadClass(definition, path, name, className, $"{type}#{Naming.Pascal(name[..^"Component".Length])}", baseClass, elements, names, used, models));
        }

        return new TypeModel(root, components, [.. models.DistinctBy(model => model.FullName)]);
    }

    private ClassModel ReadClass(
        JsonElement definition, string path, string name, string owner, string typeName, string baseClass,
        List<JsonElement> elements, Dictionary<string, string> components, HashSet<string> used, List<EnumModel> models)
    {
        var own = elements.Where(element => IsOwn(element, path, definition.Text("name")!));

        return new ClassModel(
            name,
            path.Contains('.') ? typeName : definition.Text("name")!,
            baseClass,
            definition.Text("kind") == "resource" && !path.Contains('.'),
            [.. own.Select(element => ReadElement(element, name, owner, components, used, models))],
            RuleFacts.Invariants(path, elements, components));
    }

    // Direct children that are not inherited from Element, BackboneElement, Resource, DomainResource or Quantity.
    private static bool IsOwn(JsonElement element, string path, string type)
    {
        var at = element.Text("path")!;
        if (!at.StartsWith(path + ".", StringComparison.Ordinal) || at.IndexOf('.', path.Length + 1) >= 0 || NotR4.Contains(at))
            return false;

        return element.GetProperty("base").Text("path")!.StartsWith(type + ".", StringComparison.Ordinal);
    }

    private ElementModel ReadElement(
        JsonElement element, string enclosing, string owner, Dictionary<string, string> components, HashSet<string> used, List<EnumModel> models)
    {
        var path = element.Text("path")!;
        var name = path[(path.LastIndexOf('.') + 1)..];
        var isList = element.Text("max") is not ("1" or "0");
        var types = element.Items("type").Select(type => Code(type)).ToList();
        var valueSet = EnumReader.RequiredValueSet(element);
        var model = valueSet is null ? null : enums.For(valueSet);
        var facts = Facts.Of(element, valueSet is null ? null : definitions.ValueSet(valueSet)?.Text("name"));
        string? Component(string at) => components.TryGetValue(at, out var made) ? $"{at.Split('.')[0]}#{made[..^"Component".Length]}" : null;
        var rule = RuleFacts.Of(element, Component(element.Text("contentReference")?[1..] ?? path), definitions);

        ElementModel Made(ElementKind kind, string type, List<string>? kinds = null) =>
            new(name.Replace("[x]", ""), Naming.Property(name.Replace("[x]", ""), enclosing), kind, type, isList, kinds ?? [], facts, rule);

        if (element.Text("contentReference") is { } reference)
            return Made(ElementKind.Complex, components[reference[1..]]);
        if (name.EndsWith("[x]", StringComparison.Ordinal))
        {
            used.UnionWith(types.Where(IsComplex));
            return Made(ElementKind.Choice, "DataType", types);
        }

        if (components.TryGetValue(path, out var component))
            return Made(ElementKind.Complex, component);

        var type = types.Single();
        if (type is "Resource" || definitions.Types[type].Text("kind") == "resource") // these definitions narrow Bundle.entry.response.outcome
            return Made(ElementKind.Resource, "Resource");
        if (model is not null && path != "CapabilityStatement.rest.resource.type")
        {
            if (model.Owner is null || model.Owner == owner)
                models.Add(model);
            if (type == "code")
                return Made(ElementKind.Enum, model.Owner is null || model.Owner == owner ? model.Name : model.FullName);
        }

        if (path == "Attachment.size")
            return Made(ElementKind.Long, "long"); // R5 made it integer64 and Firely's class is shared between releases
        if (Primitives.TryGetValue(type, out var primitive))
            return Made(primitive.Kind, primitive.Type);
        if (!IsComplex(type))
            return Made(ElementKind.Text, "string");

        used.Add(type);

        return Made(ElementKind.Complex, Naming.Class(type));
    }

    private static string Code(JsonElement type)
    {
        var code = type.Text("code")!;

        return code.StartsWith("http://hl7.org/fhirpath/System.", StringComparison.Ordinal) ? "string" : code;
    }

    private bool IsComplex(string type) => definitions.Types[type].Text("kind") == "complex-type";

    // Components stand one level deep in their type, named by the last part of the path or by what the definition asks for.
    private static Dictionary<string, string> ComponentNames(string type, List<JsonElement> elements)
    {
        var names = new Dictionary<string, string>();
        foreach (var element in elements.Where(element => element.Text("path") != type))
        {
            if (element.Items("type").FirstOrDefault() is { ValueKind: JsonValueKind.Object } first && first.Text("code") is "BackboneElement" or "Element")
            {
                var path = element.Text("path")!;
                var asked = element.Items("extension").FirstOrDefault(extension => extension.Text("url") == ExplicitTypeName);
                var name = asked.ValueKind == JsonValueKind.Object ? asked.Text("valueString")! : Naming.Pascal(path[(path.LastIndexOf('.') + 1)..]);
                names[path] = name + "Component";
            }
        }

        return names;
    }

    private static string BaseClass(JsonElement definition)
    {
        var parent = definition.Text("baseDefinition")!.Split('/')[^1];

        return parent switch
        {
            "Element" => "DataType",
            "BackboneElement" => "BackboneType",
            _ => Naming.Class(parent),
        };
    }
}
