using ChwFhir.Fhir;
using ChwFhir.WriteBack;

namespace ChwFhir.Tests.WriteBack;

public sealed class When_the_service_has_started
{
    [Test]
    public async Task The_validator_is_made_before_a_note_asks_for_it()
    {
        var promises = new Lazy<FhirValidation>(() => new FhirValidation(ProfileSet.None));
        using var atStart = new PromisesAtStart(promises);

        await atStart.StartAsync(CancellationToken.None);
        await atStart.ExecuteTask!;

        Assert.That(promises.IsValueCreated);
    }
}
