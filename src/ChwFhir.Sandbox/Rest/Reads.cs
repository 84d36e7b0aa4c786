using System.Globalization;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Smart;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Rest;

internal sealed class Reads(ServerAddress address)
{
    public FhirAnswer Read(Session session, string type, string id, FhirRequest request)
    {
        var found = Visible(session, type, id, request.Access);
        if (found.Deleted)
            throw new Refusal(410, "deleted", "This resource was deleted.");
        if (request.IfNoneMatch is { } known && ETag.Version(known) == found.Version)
            return new(304) { ETag = found.ETag, LastModified = found.Updated };
        return Answer(found, null);
    }

    public FhirAnswer ReadVersion(Session session, string type, string id, string version, Access access)
    {
        Visible(session, type, id, access);
        var found = session.History(type, id).Find(one => one.Version.ToString(CultureInfo.InvariantCulture) == version)
            ?? throw new Refusal(404, "not-found", "This resource has no such version.");
        return found.Deleted ? throw new Refusal(410, "deleted", "This version is the deletion.") : Answer(found, null);
    }

    public FhirAnswer History(Session session, string type, string id, Access access)
    {
        Visible(session, type, id, access);
        var versions = session.History(type, id);
        return new(200, new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "history",
            ["total"] = versions.Count,
            ["link"] = new JsonArray(new JsonObject { ["relation"] = "self", ["url"] = $"{address.Base}/{type}/{id}/_history" }),
            ["entry"] = new JsonArray([.. versions.Select(Entry)])
        }.Text());
    }

    public FhirAnswer Search(Session session, Searcher searcher, string type, FhirRequest request)
    {
        var question = Question.Read(type, request.Query);
        if (request.Strict && question.Unknown.Count > 0)
            throw new Refusal(400, question.Unknown.Select(UnknownParameter).Select(issue => { issue["severity"] = "error"; return issue; }));
        var findings = searcher.Search(session, question, request.Access);
        var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset" };
        if (findings.Total is { } total)
            bundle["total"] = total;
        var links = new JsonArray(Link("self", question.After is null ? question.Understood : request.Query.TrimStart('?')));
        if (findings.Next is { } next)
            links.Add(Link("next", $"_page={next.Text()}"));
        bundle["link"] = links;
        var entries = new JsonArray([
            .. findings.Matches.Select(match => Found(match.Resource, "match")),
            .. findings.Included.Select(resource => Found(resource, "include"))]);
        if (question.Unknown.Count > 0)
            entries.Add(new JsonObject { ["resource"] = Outcome.Of(question.Unknown.Select(UnknownParameter)), ["search"] = new JsonObject { ["mode"] = "outcome" } });
        if (entries.Count > 0)
            bundle["entry"] = entries;
        return new(200, bundle.Text());

        JsonObject Link(string relation, string query) => new() { ["relation"] = relation, ["url"] = $"{address.Base}/{type}{(query.Length == 0 ? "" : "?")}{query}" };
    }

    /// <summary>A resource as <c>Prefer: return</c> wants it.</summary>
    public FhirAnswer Answer(StoredResource stored, string? wanted) => new(200, wanted switch
    {
        "minimal" => null,
        "OperationOutcome" => Outcome.Of(Outcome.Issue("information", "informational", "Done.")).Text(),
        _ => stored.Json
    })
    { ETag = stored.ETag, LastModified = stored.Updated };

    public string Location(StoredResource stored) => $"{address.Base}/{stored.Type}/{stored.Id}/_history/{stored.Version}";

    private static StoredResource Visible(Session session, string type, string id, Access access)
    {
        access.Require(type, 'r').Require(session, type, id);
        if (session.Find(type, id) is not { Held: false } found)
            throw new Refusal(404, "not-found", $"There is no {type} with this id.");
        return found.Patient is { } patient && session.IsRestricted(patient) ? throw Restricted.Chart() : found;
    }

    private JsonObject Found(StoredResource resource, string mode) => new()
    {
        ["fullUrl"] = $"{address.Base}/{resource.Reference}",
        ["resource"] = Json.Stored(resource.Json),
        ["search"] = new JsonObject { ["mode"] = mode }
    };

    private JsonObject Entry(StoredResource version)
    {
        var entry = new JsonObject { ["fullUrl"] = $"{address.Base}/{version.Reference}" };
        if (!version.Deleted)
            entry["resource"] = Json.Stored(version.Json);
        entry["request"] = new JsonObject { ["method"] = version.Deleted ? "DELETE" : version.Version == 1 ? "POST" : "PUT", ["url"] = version.Version == 1 ? version.Type : version.Reference };
        entry["response"] = new JsonObject
        {
            ["status"] = version.Deleted ? "204" : version.Version == 1 ? "201" : "200",
            ["etag"] = version.ETag,
            ["lastModified"] = version.Updated.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)
        };
        return entry;
    }

    private static JsonObject UnknownParameter(string name) =>
        Outcome.Issue("warning", "not-supported", $"The search parameter {(name.Length > 60 ? name[..60] + "…" : name)} is not known here, or not with this value; it was left out.");
}
