using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Client;

/// <summary>Reads a search page by page. A page may be empty and still have a next one: servers filter after cutting pages.</summary>
internal sealed class SearchPages(FhirSender sender, Uri root, string type)
{
    private readonly List<Resource> matches = [];
    private readonly List<Resource> included = [];
    private readonly List<OperationOutcome> outcomes = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    public async Task<FhirSearch> ReadAsync(FhirRequest first, int maxPages, CancellationToken cancellationToken)
    {
        var request = first;
        for (var page = 1; ; page++)
        {
            var answer = await sender.SendAsync(request, cancellationToken);
            if (answer is not FhirAnswer.Done { Resource: Bundle bundle })
            {
                return Ended(page - 1, complete: false, answer);
            }

            Take(bundle);
            var link = bundle.Link.FirstOrDefault(link => link.Relation == "next")?.Url;
            if (string.IsNullOrEmpty(link))
            {
                return Ended(page, complete: !outcomes.Any(OutcomeReading.SaysMore), null);
            }

            if (SameOrigin.Resolve(root, link) is not { } next || !seen.Add(link))
            {
                return Ended(page, complete: false, new FhirAnswer.NotSent("the link to the next page leads elsewhere or in a circle"));
            }

            if (page >= maxPages)
            {
                return Ended(page, complete: false, null);
            }

            request = new FhirRequest(HttpMethod.Get, next, RequestKind.Read, "search-type", type);
        }
    }

    private void Take(Bundle bundle)
    {
        foreach (var entry in bundle.Entry)
        {
            switch (entry.Resource)
            {
                case null:
                    break;
                case OperationOutcome outcome when type != nameof(OperationOutcome):
                    outcomes.Add(outcome);
                    break;
                case var resource when entry.Search?.Mode == Bundle.SearchEntryMode.Include || resource.TypeName != type:
                    included.Add(resource);
                    break;
                case var resource:
                    matches.Add(resource);
                    break;
            }
        }
    }

    private FhirSearch Ended(int pages, bool complete, FhirAnswer? trouble) => new(matches, included, outcomes, complete, pages, trouble);
}
