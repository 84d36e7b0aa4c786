using ChwFhir.Access;
using ChwFhir.CareTeam;
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
        services.TryAddSingleton(provider => new NoteShelf(provider.GetRequiredService<NoteStore>(), provider.GetRequiredService<EhrConnection>(), provider.GetRequiredService<VisitNoteJourney>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new Records(
            provider.GetRequiredService<NoteShelf>(), provider.GetRequiredService<NoteAccess>(), provider.GetRequiredService<MessageDesk>(), provider.GetRequiredService<TeamCallers>(), provider.GetRequiredService<VisitNoteJourney>(),
            provider.GetRequiredService<NoteStore>(), provider.GetRequiredService<EhrConnection>(), provider.GetRequiredService<Sensitivity>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<PanelLines>();
        services.TryAddSingleton(provider => new ToldVisits(provider.GetRequiredService<NoteStore>(), provider.GetRequiredService<EhrConnection>(), provider.GetRequiredService<NoteAccess>(), provider.GetRequiredService<Mapping.MappingOptions>(), provider.GetRequiredService<WriteBack.Inputs.RestrictedNotes>()));
        return services;
    }
}
