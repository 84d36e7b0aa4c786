using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack;

/// <summary>Looks for resources of ours in the EHR by the identifiers that the service gave them: one search a type, of the patient's chart or of all of them.</summary>
internal sealed class OursInEhr(EhrQuestions questions)
{
    // Addresses have a limit of some thousand characters at most servers and proxies.
    private const int PerSearch = 12;

    /// <summary>Wherever they are.</summary>
    public Task<OursFound> FindAsync(IEnumerable<MappedResource> resources, string patient, EhrCapabilities capabilities, CancellationToken cancellationToken) =>
        FindAsync(resources, patient, false, capabilities, cancellationToken);

    /// <summary>
    /// In the patient's own chart, where the EHR says that it searches by it and guards our creates: many find our identifiers only by going through
    /// everybody's resources. What stands elsewhere is met by the guard.
    /// </summary>
    public Task<OursFound> FindInChartAsync(IEnumerable<MappedResource> resources, string patient, EhrCapabilities capabilities, CancellationToken cancellationToken) =>
        FindAsync(resources, patient, true, capabilities, cancellationToken);

    private async Task<OursFound> FindAsync(IEnumerable<MappedResource> resources, string patient, bool inChart, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var searches = resources.GroupBy(resource => (resource.Resource.TypeName, InChart: inChart && IsGuarded(resource.Resource, patient, capabilities)))
            .SelectMany(type => type.Chunk(PerSearch).Select(chunk => SearchAsync(chunk, patient, type.Key.InChart, capabilities, cancellationToken))).ToList();
        return new OursFound([.. (await Task.WhenAll(searches)).SelectMany(found => found)]);
    }

    private static bool IsGuarded(Resource resource, string patient, EhrCapabilities capabilities) =>
        Subjects.Are(resource, patient) && capabilities.Declares(resource.TypeName, "patient") && capabilities.ConditionalCreate(resource.TypeName);

    private async Task<IEnumerable<OurFind>> SearchAsync(MappedResource[] wanted, string patient, bool inChart, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var parameter = wanted[0].Resource is Provenance ? "_tag" : "identifier";
        var values = string.Join(',', wanted.Select(one => $"{SearchText.Escape(one.Identity.System!)}|{SearchText.Escape(one.Identity.Value!)}"));
        List<KeyValuePair<string, string>> asked = [new(parameter, values), .. Companions.Of(wanted[0].Resource.TypeName, patient, capabilities)];
        if (inChart && asked.All(one => one.Key != "patient"))
            asked.Add(new("patient", patient));
        var search = await questions.SearchAsync(wanted[0].Resource.TypeName, asked, cancellationToken);
        var refused = search.Trouble is FhirAnswer.Refused answer && !Answers.IsAboutEndpoint(answer);
        return wanted.Select(one => new OurFind(one, [.. search.Matches.Where(match => Identified.Is(match, one.Identity))], search.Complete, refused, EhrQuestions.IsPartial(search)));
    }
}
