using ChwFhir.Ehr;
using ChwFhir.Planning;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;
using ChwFhir.WriteBack.Receiving;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

public static class WriteBackRegistration
{
    /// <summary>The way from the store to the EHR, with its worker, and <see cref="VisitNoteJourney"/>, its front.</summary>
    public static IServiceCollection AddWriteBack(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WriteBackOptions>().Bind(configuration.GetSection(WriteBackOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PlanningOptions>().Bind(configuration.GetSection(PlanningOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.Replace(ServiceDescriptor.Singleton(provider => Remembered(provider.GetRequiredService<NoteStore>())));

        services.TryAddSingleton<EhrQuestions>();
        services.TryAddSingleton<SubjectSearch>();
        services.TryAddSingleton<PatientResolver>();
        services.TryAddSingleton<ClinicVisits>();
        services.TryAddSingleton<DocumentsThere>();
        services.TryAddSingleton<ChartConditions>();
        services.TryAddSingleton<AuthorResolver>();
        services.TryAddSingleton<CareTeamReader>();
        services.TryAddSingleton<EncounterResolver>();
        services.TryAddSingleton<ParticipantResolver>();
        services.TryAddSingleton<CodeStatusReader>();
        services.TryAddSingleton<EarlierNotes>();
        services.TryAddSingleton<EarlierDocuments>();
        services.TryAddSingleton<Resolver>();
        services.TryAddSingleton<QuickLook>();
        services.TryAddSingleton<OursInEhr>();
        services.TryAddSingleton<EncounterCandidates>();
        services.TryAddSingleton<KnownReader>();
        services.TryAddSingleton<SearchEvidence>();
        services.TryAddSingleton<DocumentLines>();
        services.TryAddSingleton<DocumentSearch>();
        services.TryAddSingleton<ReadingSearch>();
        services.TryAddSingleton<SearchProof>();
        services.TryAddSingleton<Traces>();
        services.TryAddSingleton<Settler>();
        services.TryAddSingleton<Sender>();
        services.TryAddSingleton<WriteBackMetrics>();
        services.TryAddSingleton<DecisionsApplied>();
        services.TryAddSingleton<ReferencesPutRight>();
        services.TryAddSingleton<DecisionTaking>();
        services.TryAddSingleton<EarlierEditions>();
        services.TryAddSingleton<NoteEditions>();
        services.TryAddSingleton<HeldBack>();
        services.TryAddSingleton<PlannedWrites>();
        services.TryAddSingleton<Retracting>();
        services.TryAddSingleton<PanelGate>();
        services.TryAddSingleton(Mapping.Promises.Shipped);
        services.TryAddSingleton<BeforeSending>();
        services.TryAddSingleton<ChartReads>();
        services.TryAddSingleton<NoteWriter>();
        services.TryAddSingleton<LaneRun>();
        services.TryAddSingleton<Preview>();
        services.TryAddSingleton<RestrictedNotes>();
        services.TryAddSingleton<NoteShowing>();
        services.TryAddSingleton<IncomingNotes>();
        services.TryAddSingleton<LongerIds>();
        services.TryAddSingleton<NoteReceiving>();
        services.TryAddSingleton<NoteAmending>();
        services.TryAddSingleton(provider => new VisitNoteJourney(
            provider.GetRequiredService<NoteStore>(), provider.GetRequiredService<EhrConnection>(), provider.GetRequiredService<NoteReceiving>(), provider.GetRequiredService<NoteAmending>(),
            provider.GetRequiredService<IncomingNotes>(), provider.GetRequiredService<NoteShowing>(), provider.GetRequiredService<Preview>(), provider.GetRequiredService<CareTeam.NoteMessages>(),
            provider.GetRequiredService<DecisionTaking>(), provider.GetRequiredService<Access.NoteAccess>(), provider.GetRequiredService<Access.PatientAccess>(), provider.GetRequiredService<RestrictedNotes>(),
            provider.GetRequiredService<IOptions<Intake.IntakeOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new HeldDesk(
            provider.GetRequiredService<NoteStore>(), provider.GetRequiredService<EhrConnection>(), provider.GetRequiredService<Access.HeldAccess>(), provider.GetRequiredService<CareTeam.NoteMessages>(),
            provider.GetRequiredService<NoteShowing>(), provider.GetRequiredService<RestrictedNotes>(), provider.GetRequiredService<Mapping.MappingOptions>()));
        services.AddHostedService<PromisesAtStart>();
        services.AddHostedService(provider => new WriteBackWorker(
            provider.GetRequiredService<NoteStore>(), provider.GetRequiredService<EhrConnection>(), provider.GetRequiredService<LaneRun>(),
            provider.GetRequiredService<IOptions<WriteBackOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WriteBackWorker>>()));
        return services;
    }

    // What answers taught outlives the process.
    private static LearnedMemory Remembered(NoteStore store) => new(
        async (ehr, cancellationToken) => [.. (await store.LearnedAsync(ehr, cancellationToken)).Where(row => !SearchEvidence.IsEvidence(row)).Select(row => new NotTaken(row.Type, row.Interaction, row.Until))],
        (ehr, entry, cancellationToken) => store.SaveLearnedAsync(ehr, entry.Type, entry.Interaction, entry.Until, cancellationToken));
}
