using ChwFhir.Api.Audit;
using ChwFhir.Api.Mllp;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.Api.Hl7;

internal static class Hl7Registration
{
    /// <summary>Messages of HL7 v2 over HTTP, and over MLLP where <c>Mllp__Port</c> is set.</summary>
    public static void AddHl7(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton(services => new Hl7Exchange(
            async (caller, body, sentAs, cancellationToken) => await Hl7Audit.RecordAsync(
                services, await services.GetRequiredService<VisitNoteJourney>().ReceiveAsync(caller, InputKind.AfterVisitSummary, body, sentAs, cancellationToken)),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddOptions<MllpOptions>().Bind(builder.Configuration.GetSection(MllpOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<MllpListener>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MllpListener>());
    }
}
