using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChwFhir.Intake;

public static class IntakeRegistration
{
    /// <summary>The settings of <see cref="IntakeOptions"/>, checked at the start. The reader itself is <see cref="VisitNoteReader"/>: pure, nothing to register.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IntakeOptions>()
            .Configure<IHostEnvironment>((options, environment) => options.RequirePatientCheck = environment.IsProduction())
            .Bind(configuration.GetSection(IntakeOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services;
    }
}
