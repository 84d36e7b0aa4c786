using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack;

/// <summary>Looks for resources of ours in the EHR by the identifiers that the service gave them: one search a type.</summary>
internal sealed class OursInEhr(EhrQuestions questions)
{
    // Addresses have a limit of some thousand characters at most servers and proxies.
    private const int PerSearch = 12;

    public async Task<OursFound> FindAsync(IEnumerable<MappedResource> resources, string patient, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var searches = resources.GroupBy(resource => resource.Resource.TypeName).SelectMany(type => type.Chunk(PerSearch)).Select(chunk => FindAsync(chunk, patient, capabilities, cancellationToken)).ToList();
        return new OursFound([.. (await Task.WhenAll(searches)).SelectMany(found => found)]);
    }

    private async Task<IEnumerable<OurFind>> FindAsync(MappedResource[] wanted, string patient, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var parameter = wanted[0].Resource is Provenance ? "_tag" : "identifier";
        var values = string.Join(',', wanted.Select(one => $"{SearchText.Escape(one.Identity.System!)}|{SearchText.Escape(one.Identity.Value!)}"));
        var search = await questions.SearchAsync(wanted[0].Resource.TypeName, [new(parameter, values), .. Companions.Of(wanted[0].Resource.TypeName, patient, capabilities)], cancellationToken);
        var refused = search.Trouble is FhirAnswer.Refused answer && !Answers.IsAboutEndpoint(answer);
        return wanted.Select(one => new OurFind(one, [.. search.Matches.Where(match => Identified.Is(match, one.Identity))], search.Complete, refused, EhrQuestions.IsPartial(search)));
    }
}
