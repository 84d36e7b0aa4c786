using System.Net;
using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace ChwFhir.Tests.Ehr;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class When_the_EHR_is_asked_what_it_takes
{
    private readonly HandClock clock = new();
    private readonly FakeShore shore = new();
    private readonly LearnedMemory memory = LearnedMemory.InProcess();

    [Test]
    public async Task It_is_asked_once_an_hour()
    {
        await using var services = Services();
        var ehr = services.GetRequiredService<EhrConnection>();
        var before = shore.Asked;

        for (var minute = 0; minute < 60; minute++)
        {
            await ehr.CapabilitiesAsync(default);
            clock.Now += TimeSpan.FromMinutes(1);
        }

        Assert.That(shore.Asked - before, Is.EqualTo(1));
        await ehr.CapabilitiesAsync(default);
        Assert.That(shore.Asked - before, Is.EqualTo(2));
    }

    [Test]
    public async Task What_is_known_stays_in_use_while_it_cannot_be_asked()
    {
        await using var services = Services();
        var ehr = services.GetRequiredService<EhrConnection>();
        await ehr.CapabilitiesAsync(default);
        shore.Answer = () => new HttpResponseMessage(HttpStatusCode.NotFound);
        clock.Now += TimeSpan.FromHours(2);

        var capabilities = await ehr.CapabilitiesAsync(default);

        Assert.That(capabilities?.Takes("CarePlan", "create"), Is.True);
    }

    [Test]
    public async Task A_surprise_makes_it_be_asked_again()
    {
        await using var services = Services();
        var ehr = services.GetRequiredService<EhrConnection>();
        await ehr.CapabilitiesAsync(default);
        shore.Answer = () => FakeShore.Says(Statements.Strict);

        ehr.AskAgain();

        Assert.That((await ehr.CapabilitiesAsync(default))?.RequiresEncounter, Is.True);
    }

    [Test]
    public async Task Nothing_is_known_of_an_EHR_that_was_never_reached_and_not_everybody_asks()
    {
        shore.Answer = () => new HttpResponseMessage(HttpStatusCode.NotFound);
        await using var services = Services();
        var ehr = services.GetRequiredService<EhrConnection>();
        var before = shore.Asked;

        var first = await ehr.CapabilitiesAsync(default);
        await ehr.CapabilitiesAsync(default);

        Assert.That((first, shore.Asked - before), Is.EqualTo(((EhrCapabilities?)null, 1)));
    }

    [TestCase("""{"resourceType":"Conformance","fhirVersion":"1.0.2"}""", "DSTU2")]
    [TestCase("""{"resourceType":"CapabilityStatement","fhirVersion":"5.0.0","rest":[]}""", "5.0.0")]
    public async Task Another_release_pauses_the_EHR_and_says_why(string metadata, string release)
    {
        shore.Answer = () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(metadata) };
        await using var services = Services();
        var ehr = services.GetRequiredService<EhrConnection>();

        var capabilities = await ehr.CapabilitiesAsync(default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(capabilities, Is.Null);
            Assert.That(ehr.Endpoint.State.Trouble!.Why, Does.Contain(release).And.Contain("R4"));
        }
    }

    [Test]
    public async Task What_an_answer_taught_holds_for_a_day_also_in_the_next_process()
    {
        await using (var services = Services())
        {
            var ehr = services.GetRequiredService<EhrConnection>();
            await ehr.CapabilitiesAsync(default);
            await ehr.LearnAsync("CarePlan", "create", default);
            Assert.That((await ehr.CapabilitiesAsync(default))?.Takes("CarePlan", "create"), Is.False);
        }

        await using var later = Services();
        var again = later.GetRequiredService<EhrConnection>();
        Assert.That((await again.CapabilitiesAsync(default))?.Takes("CarePlan", "create"), Is.False);
        clock.Now += TimeSpan.FromHours(24);
        Assert.That((await again.CapabilitiesAsync(default))?.Takes("CarePlan", "create"), Is.True);
    }

    [Test]
    public async Task The_token_goes_to_the_EHR_and_into_no_log()
    {
        var log = new ListLog();
        await using var services = Services(log, ("Ehr:Auth:Mode", "bearer"), ("Ehr:Auth:Token", "marker-9f2"));
        var ehr = services.GetRequiredService<EhrConnection>();

        await ehr.Client.ReadAsync("Patient", "marker-patient-4", default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shore.Authorization, Is.EqualTo("Bearer marker-9f2"));
            Assert.That(log.Lines, Has.None.Contains("marker"));
        }
    }

    private ServiceProvider Services(ListLog? log = null, params (string Name, string Value)[] settings)
    {
        var all = settings.Append((Name: "Ehr:BaseUrl", Value: "http://ehr.test/fhir")).ToDictionary(pair => pair.Name, pair => (string?)pair.Value);
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log ?? new ListLog()))
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(memory)
            .AddEhr(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new FakeShoreFilter(shore));
        return services.BuildServiceProvider();
    }

    /// <summary>The far shore without a network.</summary>
    private sealed class FakeShore : HttpMessageHandler
    {
        public int Asked { get; private set; }

        public string? Authorization { get; private set; }

        public Func<HttpResponseMessage> Answer { get; set; } = () => Says(Statements.Open);

        public static HttpResponseMessage Says(Resource resource) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(FhirJson.ToBytes(resource)) };

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            Authorization = request.Headers.Authorization?.ToString();
            return Task.FromResult(Answer());
        }

        protected override void Dispose(bool disposing)
        {
        }
    }

    private sealed class FakeShoreFilter(HttpMessageHandler shore) : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            builder.PrimaryHandler = shore;
        };
    }
}
