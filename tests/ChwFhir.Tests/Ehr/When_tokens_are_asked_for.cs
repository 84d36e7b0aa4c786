using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Fhir.Smart;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace ChwFhir.Tests.Ehr;

/// <summary>SMART Backend Services against a server that checks everything.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class When_tokens_are_asked_for : IAsyncDisposable
{
    private readonly HandClock clock = new();
    private readonly ListLog log = new();
    private readonly string folder = Directory.CreateTempSubdirectory("chwfhir-backend").FullName;
    private TokenServer server = null!;
    private ServiceProvider services = null!;

    private FhirClient Client => services.GetRequiredService<FhirClient>();

    private EhrConnection Connection => services.GetRequiredService<EhrConnection>();

    [SetUp]
    public async Task Start()
    {
        server = await TokenServer.StartAsync();
        Write("key.pem", SmartKeys.NewPem());
        server.Jwks = Jwks("key.pem");
        services = Services();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await server.DisposeAsync();
        log.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task The_EHR_lets_the_service_in_with_a_token_for_its_key()
    {
        var answer = await Client.ReadAsync("Patient", "p1", default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Is.InstanceOf<FhirAnswer.Done>(), server.Fault);
            Assert.That(server.Asked.Single(), Does.Not.ContainKey("scope"), "some servers refuse what they do not read");
            Assert.That(server.Seen.First(), Is.EqualTo(("/fhir/.well-known/smart-configuration", "")), "nobody is shown a token to tell where tokens are");
        }
    }

    [Test]
    public async Task Many_who_wait_have_one_request_made_for_them()
    {
        server.Delay = TimeSpan.FromMilliseconds(300);

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => Client.ReadAsync("Patient", $"p{number}", default)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers, Is.All.InstanceOf<FhirAnswer.Done>());
            Assert.That(server.Asked, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task A_caller_who_leaves_takes_nobody_elses_token_away()
    {
        server.Delay = TimeSpan.FromMilliseconds(500);
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        var gone = Client.ReadAsync("Patient", "p1", leaving.Token);
        var stays = Client.ReadAsync("Patient", "p2", default);

        Assert.That(async () => await gone, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await stays, Is.InstanceOf<FhirAnswer.Done>());
        Assert.That(server.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_token_is_kept_until_shortly_before_it_runs_out()
    {
        await Client.ReadAsync("Patient", "p1", default);
        clock.Now += TimeSpan.FromSeconds(235);
        await Client.ReadAsync("Patient", "p1", default);
        var before = server.Asked.Count;
        clock.Now += TimeSpan.FromSeconds(10);

        await Client.ReadAsync("Patient", "p1", default);

        Assert.That((before, server.Asked.Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task While_the_token_endpoint_is_away_the_old_token_serves_until_it_ends()
    {
        await Client.ReadAsync("Patient", "p1", default);
        server.Instead = () => Results.StatusCode(503);
        clock.Now += TimeSpan.FromSeconds(250);

        var meanwhile = await Client.ReadAsync("Patient", "p1", default);
        clock.Now += TimeSpan.FromSeconds(60);
        var after = await Client.ReadAsync("Patient", "p1", default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(meanwhile, Is.InstanceOf<FhirAnswer.Done>());
            Assert.That(after, Is.InstanceOf<FhirAnswer.NotSent>().With.Property("NoToken").EqualTo("no-token"));
        }
    }

    [Test]
    public async Task A_token_that_the_EHR_does_not_take_is_thrown_away_once_and_asked_for_again_once()
    {
        await Client.ReadAsync("Patient", "p1", default);
        server.TakeBack();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Client.ReadAsync("Patient", $"p{number}", default)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers, Is.All.InstanceOf<FhirAnswer.Done>());
            Assert.That(server.Asked, Has.Count.EqualTo(2), "all six were refused, one asked");
        }
    }

    [Test]
    public async Task A_write_goes_again_with_the_new_token_whole()
    {
        await Client.ReadAsync("Patient", "p1", default);
        server.TakeBack();

        var answer = await Client.CreateAsync(new Patient { Active = true }, null, default);

        Assert.That(answer, Is.InstanceOf<FhirAnswer.Done>());
    }

    [Test]
    public async Task An_EHR_that_takes_no_token_is_not_asked_for_ever()
    {
        server.Instead = () => Results.Json(new { access_token = "no-good", token_type = "bearer", expires_in = 300 });

        var answer = await Client.ReadAsync("Patient", "p1", default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Is.InstanceOf<FhirAnswer.Refused>().With.Property("Status").EqualTo(401));
            Assert.That(server.Asked, Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task A_client_that_the_EHR_does_not_know_rests_with_a_reason_that_says_what_to_do()
    {
        server.Jwks = """{"keys":[]}""";

        await Connection.CapabilitiesAsync(default);

        var state = Connection.Endpoint.State;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(state.Word, Is.EqualTo(EndpointState.Resting));
            Assert.That(state.Trouble?.Word, Is.EqualTo("client-refused"));
            Assert.That(state.Trouble?.Why, Does.Contain("invalid_client").And.Contain("Ehr__Auth__ClientId").And.Not.Contain("marker-9f2"));
            Assert.That(state.Until, Is.EqualTo(clock.Now.AddSeconds(5)));
            Assert.That(server.Asked, Has.Count.EqualTo(1), "a refusal is not repeated at once");
        }
    }

    [Test]
    public async Task It_goes_on_by_itself_when_the_client_has_become_known()
    {
        server.Jwks = """{"keys":[]}""";
        await Connection.CapabilitiesAsync(default);
        server.Jwks = Jwks("key.pem");
        clock.Now += TimeSpan.FromSeconds(6);

        var capabilities = await Connection.CapabilitiesAsync(default);

        Assert.That((capabilities is not null, Connection.Endpoint.State.Word), Is.EqualTo((true, EndpointState.Up)));
    }

    [TestCase(503, "12", 12)]
    [TestCase(500, null, 1)]
    public async Task A_token_endpoint_in_trouble_is_left_alone_for_a_while(int status, string? retryAfter, int seconds)
    {
        server.Instead = () => new Later(status, retryAfter);

        await Connection.CapabilitiesAsync(default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Connection.Endpoint.State.Trouble?.Word, Is.EqualTo("no-token"));
            Assert.That((Connection.Endpoint.State.Until - clock.Now)?.TotalSeconds, Is.InRange(seconds * 0.8, seconds));
        }
    }

    [Test]
    public async Task A_token_endpoint_that_is_not_there_is_told_as_that()
    {
        await RestartAsync(("Ehr:Auth:TokenUrl", "http://127.0.0.1:1/token"));

        var answer = await Client.ReadAsync("Patient", "p1", default);

        Assert.That(answer, Is.InstanceOf<FhirAnswer.NotSent>().With.Property("Why").EqualTo("the EHR's token endpoint is out of reach"));
    }

    [Test]
    public async Task What_the_token_may_not_write_is_not_tried()
    {
        server.Scope = "system/Patient.read system/DocumentReference.write";

        var before = await Connection.CapabilitiesAsync(default);
        server.Scope = "system/Patient.rs system/DocumentReference.c system/CarePlan.cu";
        clock.Now += TimeSpan.FromMinutes(4);
        await Client.ReadAsync("Patient", "p1", default);
        await Client.ReadAsync("Patient", "p1", default);
        clock.Now += TimeSpan.FromMinutes(1);
        await Client.ReadAsync("Patient", "p1", default);
        var after = await Connection.CapabilitiesAsync(default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before!.Takes("DocumentReference", "create"), before.Takes("CarePlan", "create")), Is.EqualTo((true, false)));
            Assert.That(before.WhyNoCreate("CarePlan"), Is.EqualTo("the token was not granted it"));
            Assert.That(after!.Takes("CarePlan", "create"), Is.True, "a later token may more");
        }
    }

    [Test]
    public async Task The_scopes_that_are_set_are_asked_for()
    {
        await RestartAsync(("Ehr:Auth:Scopes", "system/Patient.rs system/DocumentReference.c"));
        server.Scope = null;

        var capabilities = await Connection.CapabilitiesAsync(default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Asked.Single()["scope"], Is.EqualTo("system/Patient.rs system/DocumentReference.c"));
            Assert.That(capabilities!.Takes("CarePlan", "create"), Is.False, "silence grants what was asked for");
        }
    }

    [Test]
    public async Task While_keys_change_both_servers_with_the_old_set_and_with_the_new_one_let_it_in()
    {
        Write("next.pem", SmartKeys.NewPem());
        // First the next key is only shown, then it signs, at last the old one goes: no moment without a key that the server knows.
        foreach (var (files, known) in ((string, string)[])[("key.pem,next.pem", "key.pem"), ("key.pem,next.pem", "key.pem,next.pem"), ("next.pem,key.pem", "key.pem,next.pem"), ("next.pem", "next.pem,key.pem"), ("next.pem", "next.pem")])
        {
            server.Jwks = Jwks(known);
            await RestartAsync(("Ehr:Auth:KeyFile", Files(files)));

            Assert.That(await Client.ReadAsync("Patient", "p1", default), Is.InstanceOf<FhirAnswer.Done>(), $"{files} against {known}: {server.Fault}");
        }
    }

    [TestCase("http://169.254.169.254/token")]
    [TestCase("http://10.0.0.1/token")]
    [TestCase("https://169.254.169.254/token")]
    [TestCase("https://127.0.0.1@10.0.0.1/token")]
    [TestCase("file:///etc/passwd")]
    public async Task A_token_endpoint_that_leads_elsewhere_in_the_house_is_not_spoken_to(string endpoint)
    {
        server.Configuration = _ => $$"""{"token_endpoint":"{{endpoint}}"}""";

        var answer = await Client.ReadAsync("Patient", "p1", default);

        Assert.That(answer, Is.InstanceOf<FhirAnswer.NotSent>().With.Property("NoToken").EqualTo("client-refused"));
        Assert.That(((FhirAnswer.NotSent)answer).Why, Does.Not.Contain("169.254").And.Not.Contain("10.0.0.1"));
    }

    [Test]
    public async Task The_token_stays_at_the_base_of_the_EHR()
    {
        await Client.ReadAsync("Patient", "p1", default);

        await Client.ReadContentAsync($"{server.Origin}/elsewhere/p1", default);
        await Client.ReadContentAsync($"{server.Base}/../elsewhere/p2", default);
        await Client.ReadContentAsync($"{server.Base}/Binary/p3", default);

        var shown = server.Seen.Where(seen => seen.Authorization.Length > 0).Select(seen => seen.Path).ToList();
        Assert.That(shown, Is.EqualTo(new[] { "/fhir/Patient/p1", "/fhir/Binary/p3" }));
    }

    [Test]
    public async Task Neither_key_nor_assertion_nor_token_stands_in_the_log_or_in_an_answer()
    {
        var said = new List<string>();
        foreach (var trouble in (Func<IResult?>[])[() => null, () => Results.Json(new { error = "marker-9f2", error_description = "marker-9f2" }, statusCode: 401), () => Results.Text("marker-9f2", statusCode: 500), () => null])
        {
            server.Instead = trouble;
            server.TakeBack();
            clock.Now += TimeSpan.FromMinutes(10);
            said.Add($"{await Client.ReadAsync("Patient", "p1", default)}");
            await Connection.CapabilitiesAsync(default);
            said.Add($"{Connection.Endpoint.State}");
        }

        var key = File.ReadAllLines(Path.Combine(folder, "key.pem"))[1];
        var all = string.Join('\n', log.Lines.Concat(said));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Asked, Has.Count.GreaterThan(3));
            Assert.That(log.Lines, Has.Some.Contains("no token for the EHR"), "the log was listened to");
            Assert.That(all, Does.Not.Contain("marker-9f2"));
            Assert.That(all, Does.Not.Contain(key));
            foreach (var form in server.Asked)
                Assert.That(all, Does.Not.Contain(form["client_assertion"][^40..]));
        }
    }

    [Test]
    public async Task A_key_that_others_may_read_is_told_at_the_start()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("file modes are Unix's");
            return;
        }

        File.SetUnixFileMode(Path.Combine(folder, "key.pem"), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        await Client.ReadAsync("Patient", "p1", default);

        Assert.That(log.Lines, Has.Some.Contains("key.pem can be read by others"));
    }

    private async Task RestartAsync(params (string Name, string Value)[] settings)
    {
        await services.DisposeAsync();
        services = Services(settings);
    }

    private ServiceProvider Services(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Ehr:BaseUrl"] = server.Base,
            ["Ehr:Auth:Mode"] = "backend",
            ["Ehr:Auth:ClientId"] = "chwfhir-backend",
            ["Ehr:Auth:KeyFile"] = Files("key.pem"),
        };
        foreach (var (name, value) in settings)
            all[name] = value;
        return new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log))
            .AddSingleton<TimeProvider>(clock)
            .AddEhr(new ConfigurationBuilder().AddInMemoryCollection(all).Build())
            .BuildServiceProvider();
    }

    private void Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(folder, name), text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(folder, name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private string Files(string names) => string.Join(',', names.Split(',').Select(name => Path.Combine(folder, name)));

    private string Jwks(string names)
    {
        using var keys = SmartKeys.Load(Files(names));
        return keys.Jwks();
    }

    private sealed class Later(int status, string? retryAfter) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        }
    }
}
