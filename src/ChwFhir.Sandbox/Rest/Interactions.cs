using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Bundles;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Rest;

/// <summary>Every interaction of the open server. A write is one database transaction; what is refused leaves no trace.</summary>
internal sealed class Interactions(Database database, ServerAddress address, TimeProvider clock, CapabilityStatement statement, bool knownProfilesOnly)
{
    private readonly Searcher searcher = new(address);
    private readonly Reads reads = new(address);

    public async Task<FhirAnswer> AnswerAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (request.IsRead)
                return database.Read(session => Read(session, request));
            if (request is { Method: "POST", Segments: [] })
                return await BundleAsync(request, cancellationToken);
            return await database.WriteAsync(session =>
            {
                var writing = new Writing(session, address, clock) { Access = request.Access, KnownProfilesOnly = knownProfilesOnly };
                var answer = Write(session, writing, request, entry: null);
                writing.Finish();
                return answer;
            }, cancellationToken);
        }
        catch (Refusal refusal)
        {
            return refusal.Answer();
        }
    }

    public FhirAnswer Read(Session session, FhirRequest request)
    {
        if (request.Segments is ["metadata"])
            return new(200, statement.Text());
        if (request.Segments is [] or ["_search"] or ["_history"])
            throw new Refusal(400, "not-supported", "This server searches one type at a time.");
        var type = KnownType(request);
        return request.Segments switch
        {
            [_] or [_, "_search"] => reads.Search(session, searcher, type, request),
            [_, "_history"] => throw new Refusal(400, "not-supported", "History is kept for each resource, not for a whole type."),
            [_, ['$', ..]] or [_, _, ['$', ..]] => throw new Refusal(404, "not-supported", "This server has no operations."),
            [_, var id] => reads.Read(session, type, id, request),
            [_, var id, "_history"] => reads.History(session, type, id, request.Access),
            [_, var id, "_history", var version] => reads.ReadVersion(session, type, id, version, request.Access),
            _ => throw new Refusal(404, "not-found", "There is nothing at this address.")
        };
    }

    /// <summary>A write; <paramref name="entry"/> is where it stands in a transaction, for the expressions of its faults.</summary>
    public FhirAnswer Write(Session session, Writing writing, FhirRequest request, string? entry)
    {
        var type = KnownType(request);
        return (request.Method, request.Segments) switch
        {
            ("POST", [_]) => Create(session, writing, type, request, entry),
            ("PUT", [_, var id]) => Created(writing.Update(type, id, BodyOf(request), request.IfMatch, entry), request),
            ("PUT", [_]) => ConditionalUpdate(session, writing, type, request, entry),
            ("DELETE", [_, var id]) => new(204) { ETag = writing.Delete(type, id, request.IfMatch)?.ETag },
            ("POST", [_, ['$', ..]] or [_, _, ['$', ..]]) => throw new Refusal(404, "not-supported", "This server has no operations."),
            _ => throw new Refusal(405, "not-supported", $"{request.Method} is not possible here.") { Allow = request.Segments.Length == 1 ? "GET, HEAD, POST, PUT" : "GET, HEAD, PUT, DELETE" }
        };
    }

    private FhirAnswer Create(Session session, Writing writing, string type, FhirRequest request, string? entry)
    {
        request.Access.Require(type, 'c');
        var body = BodyOf(request);
        if (request.IfNoneExist is { } condition)
            switch (searcher.FirstTwo(session, type, condition, request.Access))
            {
                case [var existing]:
                    return Existing(existing, request);
                case [_, _]:
                    throw new Refusal(412, "multiple-matches", "If-None-Exist matches several resources.");
            }
        return Created(writing.Create(type, body, entry: entry), request);
    }

    private FhirAnswer ConditionalUpdate(Session session, Writing writing, string type, FhirRequest request, string? entry)
    {
        request.Access.Require(type, 'u');
        var body = BodyOf(request);
        switch (searcher.FirstTwo(session, type, request.Query, request.Access))
        {
            case []:
                return Created(body["id"].String() is { } own ? writing.Update(type, own, body, request.IfMatch, entry) : writing.Create(type, body, entry: entry), request);
            case [var one]:
                if (body["id"].String() is { } given && given != one.Id)
                    throw new Refusal(400, "invariant", "The id in the body is not that of the resource that the condition finds.", $"{type}.id");
                body["id"] = one.Id;
                return Created(writing.Update(type, one.Id, body, request.IfMatch, entry), request);
            default:
                throw new Refusal(412, "multiple-matches", "The condition matches several resources.");
        }
    }

    public FhirAnswer Created(StoredResource stored, FhirRequest request) =>
        reads.Answer(stored, request.Return) with { Status = stored.IsNew ? 201 : 200, Location = reads.Location(stored) };

    /// <summary>What a conditional create answers when it is there already.</summary>
    public FhirAnswer Existing(StoredResource stored, FhirRequest request) =>
        reads.Answer(stored, request.Return) with { Location = reads.Location(stored) };

    private Task<FhirAnswer> BundleAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        var bundle = BodyOf(request);
        if (bundle["resourceType"].String() != "Bundle")
            throw new Refusal(400, "invalid", "What is posted to the base is a Bundle.", "resourceType");
        return bundle["type"].String() switch
        {
            "transaction" => database.WriteAsync(session => new Transaction(this, searcher, address, session, new Writing(session, address, clock) { Access = request.Access, KnownProfilesOnly = knownProfilesOnly }).Carry(bundle, request), cancellationToken),
            "batch" => new Batch(this, address).CarryAsync(bundle, request, cancellationToken),
            _ => throw new Refusal(400, "value", "A Bundle that is posted to the base is a transaction or a batch.", "Bundle.type")
        };
    }

    private static string KnownType(FhirRequest request) => request.Segments[0] is var type && SearchParameters.IsType(type)
        ? type
        : throw new Refusal(404, "not-supported", "This server has no such resource type.");

    private static JsonObject BodyOf(FhirRequest request) => request.Body ?? throw new Refusal(400, "required", "This interaction needs a resource as its body.");
}
