using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Bundles;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Smart;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Loading;

/// <summary>
/// Takes a chart from a file. Unlike a transaction of a caller it keeps the ids that the file gives, skips what is there already (the same file is
/// loaded at every start), and makes a logical reference of what points outside the file (Synthea keeps its practitioners in files of their own).
/// </summary>
internal sealed class BundleLoader(Session session, Writing writing, Searcher searcher)
{
    private int unresolved;

    public LoadedBundle Load(JsonObject bundle)
    {
        var entries = bundle["entry"].Objects().Select(entry => (FullUrl: entry["fullUrl"].String(), Resource: entry["resource"] as JsonObject))
            .Where(entry => entry.Resource?["resourceType"].String() is { } type && SearchParameters.IsType(type)).ToList();
        var assigned = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (fullUrl, resource) in entries)
        {
            var id = resource!["id"].String() is { } own && Reference.IsId(own) ? own : fullUrl?.Split([':', '/'])[^1] is { } last && Reference.IsId(last) ? last : writing.NewId();
            resource["id"] = id;
            if (fullUrl is not null)
                assigned[fullUrl] = $"{resource["resourceType"].String()}/{id}";
        }
        var references = new References(assigned, FindLater);
        var (loaded, known) = (0, 0);
        foreach (var (_, resource) in entries)
        {
            var (type, id) = (resource!["resourceType"].String()!, resource["id"].String()!);
            if (session.Find(type, id) is not null)
            {
                known++;
                continue;
            }
            references.Rewrite(resource, type);
            MakeLogical(resource);
            writing.Create(type, resource, id);
            loaded++;
        }
        return new(loaded, known, unresolved);
    }

    private string FindLater(string reference, string path)
    {
        var mark = reference.IndexOf('?', StringComparison.Ordinal);
        return searcher.FirstTwo(session, reference[..mark], reference[mark..], Access.Everything) is [var one] ? one.Reference : reference;
    }

    // Practitioner?identifier=system|value  becomes  { "type": "Practitioner", "identifier": { … } }.
    private void MakeLogical(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject parent:
                if (parent["reference"].String() is { } reference && References.IsCondition(reference))
                {
                    unresolved++;
                    parent.Remove("reference");
                    var mark = reference.IndexOf('?', StringComparison.Ordinal);
                    parent["type"] = reference[..mark];
                    var pairs = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(reference[mark..]);
                    if (pairs.TryGetValue("identifier", out var identifier) && identifier.ToString().Split('|') is [var system, var value])
                        parent["identifier"] = new JsonObject { ["system"] = system, ["value"] = value };
                }
                foreach (var (_, child) in parent.ToList())
                    MakeLogical(child);
                break;
            case JsonArray list:
                foreach (var child in list)
                    MakeLogical(child);
                break;
        }
    }
}
