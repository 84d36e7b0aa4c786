using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Smart;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Bundles;

/// <summary>
/// All or nothing (R4 http, "Transaction Processing Rules"): who is who is settled first, links are rewritten, then DELETE, POST, PUT and GET
/// in this order; the answers stand in the order of the request. Whatever is refused is thrown, and the database transaction around it rolls back.
/// </summary>
internal sealed class Transaction(Interactions interactions, Searcher searcher, ServerAddress address, Session session, Writing writing)
{
    private readonly Dictionary<string, string> assigned = new(StringComparer.Ordinal);
    private readonly Dictionary<Entry, string> ids = [];
    private readonly Dictionary<Entry, StoredResource> existing = [];

    public FhirAnswer Carry(JsonObject bundle, FhirRequest whole)
    {
        var entries = Entry.Read(bundle, address, whole);
        RefuseDoubles(entries);
        var answers = new FhirAnswer[entries.Count];
        foreach (var entry in Of(entries, "DELETE"))
            answers[entry.Index] = At(entry, () => interactions.Write(session, writing, entry.Request, entry.Place));
        foreach (var entry in Of(entries, "POST").Concat(Of(entries, "PUT")))
            At(entry, () => Settle(entry));
        RefuseSameTarget(entries);
        var references = new References(assigned, (reference, path) => Find(reference, path, whole.Access));
        foreach (var entry in entries.Where(entry => entry.Request.Body is not null))
            references.Rewrite(entry.Request.Body, $"{entry.Place}.resource");
        foreach (var entry in Of(entries, "POST").Concat(Of(entries, "PUT")))
            answers[entry.Index] = At(entry, () => Write(entry));
        writing.Finish();
        foreach (var entry in entries.Where(entry => entry.Request.IsRead))
            answers[entry.Index] = At(entry, () => interactions.Read(session, entry.Request with { Return = null }));
        var response = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "transaction-response" };
        if (answers.Length > 0)
            response["entry"] = new JsonArray([.. answers.Select(answer => Entry.Answered(answer, address))]);
        return new(200, response.Text());
    }

    private static IEnumerable<Entry> Of(List<Entry> entries, string method) => entries.Where(entry => entry.Request.Method == method && !entry.Request.IsRead);

    private static void RefuseDoubles(List<Entry> entries)
    {
        foreach (var double_ in entries.Where(entry => entry.FullUrl is not null && !entry.Request.IsRead).GroupBy(entry => entry.FullUrl).Where(group => group.Count() > 1))
            throw new Refusal(400, "duplicate", "Two entries of a transaction have the same fullUrl.", $"{double_.Last().Place}.fullUrl");
        foreach (var double_ in entries.Where(entry => entry.Request.IfNoneExist is not null).GroupBy(entry => (entry.Request.Path, entry.Request.IfNoneExist)).Where(group => group.Count() > 1))
            throw new Refusal(400, "duplicate", "Two entries of a transaction have the same ifNoneExist.", $"{double_.Last().Place}.request.ifNoneExist");
        foreach (var patch in entries.Where(entry => entry.Request.Method == "PATCH"))
            throw new Refusal(405, "not-supported", "PATCH is not possible here.", patch.Place);
    }

    private void RefuseSameTarget(List<Entry> entries)
    {
        var targets = entries.Where(entry => !entry.Request.IsRead).Select(entry => (Entry: entry, Target: Target(entry))).Where(pair => pair.Target is not null);
        foreach (var double_ in targets.GroupBy(pair => pair.Target).Where(group => group.Count() > 1))
            throw new Refusal(400, "duplicate", "Two entries of a transaction act on the same resource.", double_.Last().Entry.Place);
    }

    private string? Target(Entry entry) => entry.Request.Method == "DELETE" || entry.Request.Segments.Length == 2
        ? string.Join('/', entry.Request.Segments)
        : ids.TryGetValue(entry, out var id) && !(entry.Request.Method == "POST" && existing.ContainsKey(entry)) ? $"{entry.Request.Segments[0]}/{id}" : null;

    // Which id the entry's resource will have, so that the others can point at it before it is written.
    private FhirAnswer Settle(Entry entry)
    {
        if (entry.Request is not { Segments: [var type, ..] segments, Body: { } body } || !SearchParameters.IsType(type))
            throw new Refusal(400, "required", "This entry needs the address of a type and a resource.");
        entry.Request.Access.Require(type, entry.Request.Method == "PUT" ? 'u' : 'c');
        if (segments is [_, var given])
        {
            Assign(entry, type, given);
            return new(200);
        }
        var condition = entry.Request.Method == "PUT" ? entry.Request.Query : entry.Request.IfNoneExist;
        switch (condition is null ? [] : searcher.FirstTwo(session, type, condition, entry.Request.Access))
        {
            case [var one]:
                existing[entry] = one;
                Assign(entry, type, one.Id);
                break;
            case [_, _]:
                throw new Refusal(412, "multiple-matches", "The condition matches several resources.");
            default:
                Assign(entry, type, entry.Request.Method == "PUT" && body["id"].String() is { } own && Reference.IsId(own) ? own : writing.NewId());
                break;
        }
        return new(200);
    }

    private void Assign(Entry entry, string type, string id)
    {
        ids[entry] = id;
        if (entry.FullUrl is { } fullUrl)
            assigned[fullUrl] = $"{type}/{id}";
    }

    private FhirAnswer Write(Entry entry)
    {
        var (request, type, id) = (entry.Request, entry.Request.Segments[0], ids[entry]);
        if (request.Method == "PUT")
        {
            if (request.Segments.Length == 1)
                request.Body!["id"] ??= id;
            return interactions.Write(session, writing, request with { Path = $"{type}/{id}", Query = "" }, entry.Place);
        }
        return existing.TryGetValue(entry, out var found)
            ? interactions.Existing(found, request)
            : interactions.Created(writing.Create(type, request.Body!, id, entry.Place), request);
    }

    private string Find(string reference, string path, Access access)
    {
        var mark = reference.IndexOf('?', StringComparison.Ordinal);
        return searcher.FirstTwo(session, reference[..mark], reference[mark..], access) switch
        {
            [var one] => one.Reference,
            [] => throw new Refusal(412, [Outcome.Issue("error", "not-found", "The conditional reference matches nothing.", path)]),
            _ => throw new Refusal(412, [Outcome.Issue("error", "multiple-matches", "The conditional reference matches several resources.", path)])
        };
    }

    private static FhirAnswer At(Entry entry, Func<FhirAnswer> work)
    {
        try
        {
            return work();
        }
        catch (Refusal refusal) when (!refusal.Issues.Any(issue => issue["expression"].Array().FirstOrDefault().String()?.StartsWith("Bundle.", StringComparison.Ordinal) == true))
        {
            throw refusal.In(entry.Place);
        }
    }
}
