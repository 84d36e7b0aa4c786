using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.WriteBack;

/// <summary>Asks the EHR for single resources; every answer is told to the endpoint's watch.</summary>
internal sealed class EhrQuestions(EhrConnection ehr)
{
    private const int MaxPages = 20;

    public Task<Lookup<T>> FindAsync<T>(string type, PersonRef person, CancellationToken cancellationToken) where T : Resource => person switch
    {
        { Reference: { } reference } => ReadAsync<T>(reference, cancellationToken),
        { Identifier: { } identifier } => SearchOneAsync<T>(type, [new("identifier", $"{SearchText.Escape(identifier.System)}|{SearchText.Escape(identifier.Value)}")], cancellationToken),
        _ => Task.FromResult<Lookup<T>>(new Lookup<T>.Missing()),
    };

    public async Task<Lookup<T>> ReadAsync<T>(string reference, CancellationToken cancellationToken) where T : Resource
    {
        if (Local(reference) is not { } place)
            return new Lookup<T>.Missing();

        var answer = await ehr.Client.ReadAsync(place.Type, place.Id, cancellationToken);
        var isPage = answer is FhirAnswer.Refused { Status: 403 or 404 or 410, Body: BodyKind.Html, Challenge: null };
        answer = OfType(answer, place.Type);
        if (!isPage)
            ehr.Endpoint.Observe(answer);
        // Of another type it may mean that it is not served. Every EHR serves Patient: there it is a gateway's, and no word on whether the chart exists.
        if (isPage && place.Type == "Patient")
        {
            ehr.Endpoint.ObservePage();
            return new Lookup<T>.NoAnswer();
        }
        return answer switch
        {
            FhirAnswer.Done { Resource: T resource } => new Lookup<T>.Found(resource),
            FhirAnswer.Refused { Status: 404 or 410 } refused when PersonCodes.Of(refused.Outcome) is null => new Lookup<T>.Missing(refused),
            FhirAnswer.Refused refused when !Answers.IsAboutEndpoint(refused) => new Lookup<T>.Refused(refused),
            _ => new Lookup<T>.NoAnswer(),
        };
    }

    /// <summary>All matches over all pages; the caller looks whether the search was complete.</summary>
    public async Task<FhirSearch> SearchAsync(string type, IReadOnlyList<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken)
    {
        var search = OfType(await ehr.Client.SearchAsync(type, parameters, MaxPages, cancellationToken), type);
        if (search.Trouble is { } trouble)
            ehr.Endpoint.Observe(trouble);
        return search;
    }

    /// <summary>What an attachment leads to, as a <see cref="Binary"/>.</summary>
    public async Task<FhirAnswer> ReadContentAsync(string url, CancellationToken cancellationToken)
    {
        var answer = OfType(await ehr.Client.ReadContentAsync(url, cancellationToken), nameof(Binary));
        ehr.Endpoint.Observe(answer);
        return answer;
    }

    /// <summary>The server answered and said, or showed by its links, that there is more than it gives: asking again brings no more.</summary>
    public static bool IsPartial(FhirSearch search) => search is { Complete: false, Trouble: null or FhirAnswer.NotSent { Sends: 0 } };

    /// <summary>The search failed in a way that says nothing of the next one.</summary>
    public static bool MayPass(FhirSearch search) => !search.Complete && !IsPartial(search) && (search.Trouble is not FhirAnswer.Refused refused || Answers.IsAboutEndpoint(refused));

    /// <summary><c>Type/id</c> of a reference into this EHR; null for one into another server.</summary>
    public FhirReference? Local(string reference) =>
        FhirReference.TryParse(reference, out var parsed) && (parsed.Base is null || parsed.Base.TrimEnd('/') == ehr.Id) ? parsed with { Base = null } : null;

    // Scopes are given type by type: one that the token does not cover is not read, and the rest goes on. Without charts nothing does.
    private static FhirAnswer OfType(FhirAnswer answer, string type) =>
        answer is FhirAnswer.Refused { Status: 403, Challenge: "insufficient_scope" } refused && type != nameof(Patient) ? refused with { Challenge = null } : answer;

    private static FhirSearch OfType(FhirSearch search, string type) => search.Trouble is { } trouble ? search with { Trouble = OfType(trouble, type) } : search;

    private async Task<Lookup<T>> SearchOneAsync<T>(string type, IReadOnlyList<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken) where T : Resource
    {
        var search = await SearchPrivatelyAsync(type, parameters, cancellationToken);
        var found = search.Matches.OfType<T>().ToList();
        return (found, search) switch
        {
            ([var only], _) => new Lookup<T>.Found(only),
            ({ Count: > 1 }, _) => new Lookup<T>.Several(found.Count),
            (_, { Complete: true }) => new Lookup<T>.Missing(),
            (_, { Trouble: FhirAnswer.Refused refused }) when !Answers.IsAboutEndpoint(refused) => new Lookup<T>.Refused(refused),
            _ => new Lookup<T>.NoAnswer(),
        };
    }

    /// <summary>A patient's number, name and birth date stay out of addresses and the logs that keep them, wherever the server lets it.</summary>
    public async Task<FhirSearch> SearchPrivatelyAsync(string type, IReadOnlyList<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken)
    {
        var search = OfType(await ehr.Client.SearchByPostAsync(type, parameters, MaxPages, cancellationToken), type);
        if (search.Trouble is FhirAnswer.Refused { Status: 400 or 403 or 404 or 405 or 501 } refused && !Answers.IsAboutEndpoint(refused) && PersonCodes.Of(refused.Outcome) is null)
            return await SearchAsync(type, parameters, cancellationToken);
        if (search.Trouble is { } trouble)
            ehr.Endpoint.Observe(trouble);
        return search;
    }
}
