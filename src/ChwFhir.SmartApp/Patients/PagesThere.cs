using ChwFhir.SmartApp.SignIn;

namespace ChwFhir.SmartApp.Patients;

/// <summary>Which pages there are, by the routes that are mapped: no tab leads nowhere.</summary>
internal sealed class PagesThere(EndpointDataSource routes)
{
    private const string Root = "/app/{session:length(43)}/";
    private readonly Lazy<IReadOnlySet<string>> mapped = new(() => Find(routes));

    /// <summary>Of one patient: <c>visits</c>, <c>visit/new</c>.</summary>
    public IReadOnlySet<string> OfPatient => Under($"{Paths.Patients}/{{patient}}/");

    /// <summary>Across patients: <c>inbox</c>.</summary>
    public IReadOnlySet<string> OfSession => Under("");

    private HashSet<string> Under(string where) => [.. mapped.Value.Where(page => page.StartsWith(where, StringComparison.Ordinal)).Select(page => page[where.Length..])];

    private static HashSet<string> Find(EndpointDataSource routes) =>
    [
        .. from route in routes.Endpoints.OfType<RouteEndpoint>()
           where route.RoutePattern.RawText?.StartsWith(Root, StringComparison.Ordinal) is true
              && route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) is true
           where !route.RoutePattern.RawText!.Contains("**", StringComparison.Ordinal)
           select route.RoutePattern.RawText![Root.Length..],
    ];
}
