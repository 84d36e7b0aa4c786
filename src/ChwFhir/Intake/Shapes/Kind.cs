using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>One kind of JSON value: how it is read, and how the published schema describes it. Both stand together so that they cannot disagree.</summary>
internal abstract class Kind<T>
{
    /// <summary>The value; the default after a fault was added to the trail.</summary>
    public abstract T? Read(JsonElement value, Trail trail);

    /// <summary>The kind in JSON Schema (draft 2020-12).</summary>
    public abstract JsonObject Schema();

    protected static bool WrongType(JsonElement value, Trail trail, string wanted)
    {
        var got = value.ValueKind switch
        {
            JsonValueKind.Null => "null; leave the member out when there is nothing to say",
            JsonValueKind.Array => "an array",
            JsonValueKind.Object => "an object",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            _ => "true or false",
        };
        trail.Fault("wrong-type", $"must be {wanted}, not {got}");
        return true;
    }
}
