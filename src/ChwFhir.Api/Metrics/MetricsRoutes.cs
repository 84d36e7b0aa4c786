using System.Text;
using ChwFhir.Api.Identity;

namespace ChwFhir.Api.Metrics;

internal static class MetricsRoutes
{
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        // It listens from the start, not from the first scrape.
        routes.ServiceProvider.GetRequiredService<MetricsCollector>();
        routes.MapGet("/metrics", async (MetricsCollector collector, NotesGauge notes, CancellationToken cancellationToken) =>
            {
                var text = new StringBuilder(16 * 1024);
                await notes.WriteToAsync(text, cancellationToken);
                ProcessGauges.WriteTo(text);
                collector.WriteTo(text);
                return TypedResults.Text(text.ToString(), PrometheusText.ContentType, Encoding.UTF8);
            })
            .AllowAnonymous()
            .WithTags("Running it")
            .ForEverybody().WithName("readMetrics")
            .WithSummary("Counters, histograms and gauges")
            .WithDescription("Prometheus text exposition format 0.0.4. No label carries a name, an id or an address of a patient.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain");
    }
}
