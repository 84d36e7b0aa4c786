using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.WriteBack.Inputs;
using Microsoft.Extensions.Caching.Memory;

namespace ChwFhir.WriteBack;

/// <summary>Who wrote the note, as the EHR knows them.</summary>
internal sealed class AuthorResolver(EhrQuestions questions, EhrConnection ehr) : IDisposable
{
    // A day's notes have few authors.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = 5_000 });

    /// <summary>The author of an input. One of a document from elsewhere whom this EHR does not know stands by name.</summary>
    public async Task<(string? Reference, string? Name, Resolution? Ending)> ResolveAsync(Input input, CancellationToken cancellationToken) =>
        await ResolveAsync(input.Author, cancellationToken) switch
        {
            (_, _, Resolution.Wrong) when input.IsFromElsewhere => (null, input.Author?.Name, null),
            var known => known,
        };

    private async Task<(string? Reference, string? Name, Resolution? Ending)> ResolveAsync(NoteAuthor? author, CancellationToken cancellationToken)
    {
        // Somebody with a name and nothing to ask by stands by the name.
        if (author is not ({ Reference: not null } or { Identifier: not null }))
            return (null, author?.Name, null);

        var key = (author.Reference, author.Identifier, author.Name);
        if (known.TryGetValue(key, out (string Reference, string? Name) there))
            return (there.Reference, there.Name, null);

        var (reference, name, ending) = await AskAsync(author, cancellationToken);
        if (reference is not null && ending is null)
            known.Set(key, (reference, name), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered });
        return (reference, name, ending);
    }

    public void Dispose() => known.Dispose();

    private async Task<(string? Reference, string? Name, Resolution? Ending)> AskAsync(NoteAuthor author, CancellationToken cancellationToken)
    {
        switch (await questions.FindAsync<Resource>("Practitioner", author, cancellationToken))
        {
            case Lookup<Resource>.Found { Resource: var found }:
                return ($"{found.TypeName}/{found.Id}", author.Name ?? PersonNames.Of(found), null);
            // An EHR that does not serve its staff: the note's own word is taken.
            case Lookup<Resource>.Missing { Answer: { } answer } when author.Reference is { } reference && !await ServesAsync(reference, answer, cancellationToken):
                return (reference, author.Name, null);
            case Lookup<Resource>.Missing:
                return (null, null, new Resolution.Wrong(new NoteIssue("error", "author-not-found", Pointer(author), "the EHR has no such author")));
            case Lookup<Resource>.Several { Count: var count }:
                return (null, null, new Resolution.Wrong(new NoteIssue("error", "ambiguous", Pointer(author), $"the EHR has {count} authors with this identifier")));
            case Lookup<Resource>.Refused when author.Reference is { } reference:
                return (reference, author.Name, null);
            case Lookup<Resource>.Refused:
                return (null, null, new Resolution.Wrong(new NoteIssue("error", "author-not-readable", Pointer(author), "the EHR does not let the service look for its staff by identifier")));
            default:
                return (null, null, new Resolution.NoAnswer());
        }
    }

    // A 404 says that this one is not there only where others of its type are.
    private async Task<bool> ServesAsync(string reference, FhirAnswer.Refused answer, CancellationToken cancellationToken)
    {
        if (answer.Body is not BodyKind.Fhir || Answers.SaysNotSupported(answer.Outcome))
            return false;
        return questions.Local(reference) is not { } place
            || await ehr.CapabilitiesAsync(cancellationToken) is not { } capabilities
            || capabilities.Takes(place.Type, Interactions.Read);
    }

    private static string Pointer(NoteAuthor author) => author.Reference is null ? "/author/identifier" : "/author/reference";
}
