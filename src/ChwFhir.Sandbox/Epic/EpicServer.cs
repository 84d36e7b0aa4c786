using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Epic;

/// <summary>
/// A server that reads like the open one and takes the few writes that Epic's public R4 takes, in its manner: each oddity in a file of its own.
/// </summary>
internal sealed class EpicServer(Interactions open, Database database, ServerAddress address, TimeProvider clock)
{
    private readonly OverclaimingStatement statement = new(address);

    public async Task<FhirAnswer> AnswerAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        if (request.Segments is ["metadata"])
            return new(200, statement.Text());
        if (NotOffered.Answer(request) is { } refused)
            return refused;
        if (request.IsRead)
            return await open.AnswerAsync(request, cancellationToken);
        try
        {
            var stored = await database.WriteAsync(session =>
            {
                var writing = new Writing(session, address, clock);
                var created = Create(session, writing, request);
                writing.Finish();
                return created;
            }, cancellationToken);
            return PlainCreated.Answer(stored, request.Return);
        }
        catch (Refusal refusal)
        {
            return refusal.Answer();
        }
    }

    // If-None-Exist is not looked at: the same note or problem sent twice is there twice.
    private StoredResource Create(Session session, Writing writing, FhirRequest request)
    {
        var body = request.Body ?? throw Numbers.StructureInvalid("The body is empty.");
        return request.Segments[0] switch
        {
            "DocumentReference" => writing.Create("DocumentReference", ClinicalNote.Read(body, session, address)),
            "Observation" => writing.Create("Observation", VitalSign.Read(body, session, address)),
            _ => writing.Create("Condition", HeldProblem.Read(body), held: true)
        };
    }
}
