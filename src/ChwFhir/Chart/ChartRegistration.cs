using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChwFhir.Chart;

public static class ChartRegistration
{
    /// <summary>The way back: what the chart and this service say of a patient.</summary>
    public static IServiceCollection AddChart(this IServiceCollection services)
    {
        services.TryAddSingleton<Charts>();
        services.TryAddSingleton<ServiceEyes>();
        services.TryAddSingleton(provider => new OwnNotes(provider.GetRequiredService<NoteStore>(), provider.GetRequiredService<EhrConnection>(), provider.GetRequiredService<NoteAccess>(), provider.GetRequiredService<OpenNotes>()));
        services.TryAddSingleton<Overviews>();
        services.TryAddSingleton<Timelines>();
        services.TryAddSingleton<Records>();
        services.TryAddSingleton<PanelLines>();
        services.TryAddSingleton(provider => new ToldVisits(provider.GetRequiredService<NoteStore>(), provider.GetRequiredService<EhrConnection>(), provider.GetRequiredService<NoteAccess>(), provider.GetRequiredService<Mapping.MappingOptions>()));
        return services;
    }
}
