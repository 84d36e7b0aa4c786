using ChwFhir.Fhir;
using Microsoft.Extensions.Hosting;

namespace ChwFhir.WriteBack;

/// <summary>Makes the validator beside the start, so that no note and nobody's preview waits for it.</summary>
internal sealed class PromisesAtStart(Lazy<FhirValidation> promises) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => promises.Value, stoppingToken);
}
