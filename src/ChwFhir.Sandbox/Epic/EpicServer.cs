using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Smart;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Epic;

/// <summary>A server over the same store that reads, searches and takes the few writes as Epic's public R4 does: each oddity in a file of its own.</summary>
internal sealed class EpicServer(SandboxOptions options, Database database, ServerAddress address)
{
    private readonly NoteTypes types = new(options.NoteTypes ?? NoteTypes.Usual);
    private readonly EpicSearch search = new(address, new Searcher(address), new PagingSessions(options.Clock, options.PagingSessionLife));

    public async Task<FhirAnswer> AnswerAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        if (request.Segments is ["metadata"])
            return new(200, OverclaimingStatement.Text(request.Base ?? address.Base));
        if (NotOffered.Answer(request) is { } refused)
            return refused;
        try
        {
            if (request.IsRead || request.Segments[^1] == "$expand")
                return database.Read(session => Read(session, request));
            var stored = await database.WriteAsync(session =>
            {
                request.Access.Require(request.Segments[0], 'c');
                var writing = new Writing(session, address, options.Clock) { Access = request.Access };
                var created = Create(session, writing, request);
                writing.Finish();
                return created;
            }, cancellationToken);
            return PlainCreated.Answer(stored, request.Return);
        }
        catch (Refusal refusal) when (refusal.WwwAuthenticate is not null)
        {
            return refusal.Answer() with { Body = null };
        }
        catch (Refusal refusal)
        {
            var answer = Numbers.Of(refusal, reading: request.IsRead).Answer();
            return answer.Location is { } moved ? answer with { Location = $"{request.Base ?? address.Base}/{moved}" } : answer;
        }
    }

    private FhirAnswer Read(Session session, FhirRequest request) => request.Segments switch
    {
        [var type, .., "$expand"] when request.Access.Require(type, 'r') is not null => new(200, types.Expansion().Text()),
        [_] or [_, "_search"] => search.Answer(session, request.Segments[0], request),
        ["Binary", var id] => NoteContent.Read(session, id, request.WantsFhir, request.Access.Require("Binary", 'r')),
        [var type, var id] => One(session, type, id, request.Access.Require(type, 'r')),
        _ => throw Numbers.Refused(404, "4102")
    };

    private static FhirAnswer One(Session session, string type, string id, Reach reach)
    {
        reach.Require(session, type, id);
        if (session.Find(type, id) is not { Held: false } found)
            throw Numbers.Refused(404, "4102");
        ChartState.Refuse(session, found);
        return new(200, EpicView.Of(found).Text()) { OddETag = type == "Patient" ? EpicView.ETag(found) : null };
    }

    // If-None-Exist is not looked at: the same note or problem sent twice is there twice.
    private StoredResource Create(Session session, Writing writing, FhirRequest request)
    {
        var body = request.Body ?? throw Numbers.StructureInvalid("The body is empty.");
        var id = EpicId.Next(options.Clock);
        return request.Segments[0] switch
        {
            "DocumentReference" => writing.Create("DocumentReference", new ClinicalNote(address, types, options.Clock).Read(body, session, id), id),
            "Observation" => writing.Create("Observation", VitalSign.Read(body, session, address), id),
            "QuestionnaireResponse" => writing.Create("QuestionnaireResponse", AssignedQuestionnaire.Read(body, session, address), id),
            _ => writing.Create("Condition", HeldProblem.Read(body, session, address), id, held: true)
        };
    }
}
