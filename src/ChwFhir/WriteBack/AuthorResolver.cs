using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.WriteBack;

/// <summary>Who wrote the note, as the EHR knows them.</summary>
internal sealed class AuthorResolver(EhrQuestions questions)
{
    public async Task<(string? Reference, string? Name, Resolution? Ending)> ResolveAsync(NoteAuthor author, CancellationToken cancellationToken)
    {
        switch (await questions.FindAsync<Resource>("Practitioner", author, cancellationToken))
        {
            case Lookup<Resource>.Found { Resource: var found }:
                return ($"{found.TypeName}/{found.Id}", author.Name ?? PersonNames.Of(found), null);
            case Lookup<Resource>.Missing:
                return (null, null, new Resolution.Wrong(new NoteIssue("error", "author-not-found", Pointer(author), "the EHR has no such author")));
            case Lookup<Resource>.Several { Count: var count }:
                return (null, null, new Resolution.Wrong(new NoteIssue("error", "ambiguous", Pointer(author), $"the EHR has {count} authors with this identifier")));
            // An EHR that does not serve its staff: the note's own word is taken.
            case Lookup<Resource>.Refused when author.Reference is { } reference:
                return (reference, author.Name, null);
            case Lookup<Resource>.Refused:
                return (null, null, new Resolution.Wrong(new NoteIssue("error", "author-not-found", Pointer(author), "the EHR does not let the service look for its staff by identifier")));
            default:
                return (null, null, new Resolution.NoAnswer());
        }
    }

    private static string Pointer(NoteAuthor author) => author.Reference is null ? "/author/identifier" : "/author/reference";
}
