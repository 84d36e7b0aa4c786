using System.Text.Json.Nodes;
using ChwFhir.Chart;

namespace ChwFhir.Api.Fhir;

/// <summary>A resource that may be what a search asks for. It is read once, for whatever looks at it: its criteria, its order, what it leads to, and the answer in which it stands.</summary>
internal sealed class Match(ShownRecord of, RecordEntry entry)
{
    private JsonObject? resource;

    public ShownRecord Of => of;

    public RecordEntry Entry => entry;

    public JsonObject Resource => resource ??= of.Show(entry).Read();
}
