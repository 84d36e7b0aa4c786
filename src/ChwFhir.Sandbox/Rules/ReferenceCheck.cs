using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Rules;

/// <summary>References to this server point at something that is there; those within the resource at something contained.</summary>
internal static class ReferenceCheck
{
    public static IEnumerable<JsonObject> Faults(JsonObject resource, Session session, ServerAddress address)
    {
        var contained = resource["contained"].Objects().Select(inner => inner["id"].String()).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var (text, path) in ReferencesIn(resource, resource["resourceType"].String()!))
            if (Fault(text, contained, session, address) is { } fault)
                yield return Outcome.Issue("error", "not-found", fault, path);
    }

    public static IEnumerable<(string Text, string Path)> ReferencesIn(JsonNode node, string path)
    {
        switch (node)
        {
            case JsonObject parent:
                if (parent["reference"].String() is { } reference)
                    yield return (reference, path);
                foreach (var (name, child) in parent)
                    if (child is not null)
                        foreach (var inside in ReferencesIn(child, $"{path}.{name}"))
                            yield return inside;
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                    if (list[i] is { } child)
                        foreach (var inside in ReferencesIn(child, $"{path}[{i}]"))
                            yield return inside;
                break;
        }
    }

    private static string? Fault(string text, HashSet<string> contained, Session session, ServerAddress address)
    {
        if (text.StartsWith('#'))
            return text == "#" || contained.Contains(text[1..]) ? null : "The contained resource that this refers to is not there.";
        if (text.StartsWith("urn:", StringComparison.Ordinal))
            return "A urn reference can only point at an entry of the same transaction.";
        if (address.Local(text) is not { } local)
            return null;
        if (local.Contains('?', StringComparison.Ordinal))
            return "A conditional reference is only possible in a transaction.";
        if (Reference.Read(text, address) is not { Type.Length: > 0 } target)
            return "This is no reference to a resource that this server could hold.";
        return session.Exists(target.Type, target.Id) ? null : $"The {target.Type} that this refers to is not on this server.";
    }
}
