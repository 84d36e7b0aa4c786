using ChwFhir.Access;
using ChwFhir.Audit;
using ChwFhir.CareTeam;
using ChwFhir.Chart;
using ChwFhir.Delivery;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir;

public static class ChwFhirRegistration
{
    /// <summary>The whole way of a note, in its order.</summary>
    public static IServiceCollection AddChwFhir(this IServiceCollection services, IConfiguration configuration) => services
        .AddEhr(configuration)
        .AddIntake(configuration)
        .AddMapping(configuration)
        .AddQueue(configuration)
        .AddAudit(configuration)
        .AddAccess(configuration)
        .AddWriteBack(configuration)
        .AddCareTeam(configuration)
        .AddChart()
        .AddDelivery(configuration);
}
