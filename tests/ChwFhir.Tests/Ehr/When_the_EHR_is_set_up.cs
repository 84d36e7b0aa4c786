using System.Text.Json;
using ChwFhir.Ehr;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace ChwFhir.Tests.Ehr;

public sealed class When_the_EHR_is_set_up
{
    [Test]
    public void The_defaults_are_those_of_the_contract()
    {
        var options = Options();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.RequestTimeout.Value, Is.EqualTo(TimeSpan.FromSeconds(10)));
            Assert.That(options.Auth.Mode, Is.EqualTo("none"));
            Assert.That(options.HomeVisitEncounterTypes, Is.EqualTo(new[] { "http://terminology.hl7.org/CodeSystem/v3-ActCode|HH" }));
            Assert.That(options.TransactionEntries, Is.Null);
        }
    }

    [TestCase("00:00:20", 20)]
    [TestCase("PT20S", 20)]
    [TestCase("PT2M", 120)]
    public void A_duration_is_written_either_way(string text, int seconds) =>
        Assert.That(Options(("Ehr:RequestTimeout", text)).RequestTimeout.Value, Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [Test]
    public void Home_visits_are_named_in_one_text_or_in_a_list()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Options(("Ehr:HomeVisitEncounterTypes", "a|1, 2")).HomeVisitEncounterTypes, Is.EqualTo(new[] { "a|1", "2" }));
            Assert.That(Options(("Ehr:HomeVisitEncounterTypes:0", "a|1"), ("Ehr:HomeVisitEncounterTypes:1", "2")).HomeVisitEncounterTypes, Is.EqualTo(new[] { "a|1", "2" }));
        }
    }

    [TestCase("Ehr:BaseUrl", "", "such as https://")]
    [TestCase("Ehr:BaseUrl", "ehr.test/fhir", "allowed is http:// or https://")]
    [TestCase("Ehr:BaseUrl", "https://ehr.test/fhir?x=1", "without user, query and fragment")]
    [TestCase("Ehr:RequestTimeout", "10", "allowed are the forms 00:00:10 and PT10S")]
    [TestCase("Ehr:RequestTimeout", "soon", "Ehr:RequestTimeout is 'soon'")]
    [TestCase("Ehr:RequestTimeout", "PT0.1S", "allowed are 00:00:01 to 00:05:00")]
    [TestCase("Ehr:Concurrency", "0", "allowed are 1 to 64")]
    [TestCase("Ehr:TransactionEntries", "0", "allowed are 1 and more")]
    [TestCase("Ehr:Auth:Mode", "basic", "allowed are none, bearer and backend")]
    [TestCase("Ehr:Auth:Mode", "bearer", "Ehr:Auth:Token is missing")]
    [TestCase("Ehr:Auth:Mode", "backend", "Ehr:Auth:ClientId is missing")]
    [TestCase("Ehr:Auth:Mode", "backend", "Ehr:Auth:KeyFile is missing")]
    [TestCase("Ehr:ProgrammeEncounter", "Patient/1", "Encounter/id")]
    [TestCase("Ehr:HomeVisitEncounterTypes", "a,,b", "no code")]
    [TestCase("Ehr:HomeVisitEncounterTypes", "a|b|c", "no code")]
    [TestCase("Ehr:HomeVisitEncounterTypes", "|HH", "no code")]
    [TestCase("Ehr:HomeVisitEncounterTypes", "HH;IMP x", "no code")]
    [TestCase("Ehr:Capabilities", "/nowhere/capabilities.json", "cannot be read")]
    public void A_bad_setting_stops_the_start_and_says_what_is_allowed(string name, string value, string told) =>
        Assert.That(() => Options((name, value)), Throws.TypeOf<OptionsValidationException>().With.Message.Contains(told));

    [TestCase("Ehr:Auth:KeyFile", "/nowhere/key.pem", "/nowhere/key.pem cannot be read")]
    [TestCase("Ehr:Auth:TokenUrl", "http://ehr.test/token", "Ehr:Auth:TokenUrl is not https")]
    [TestCase("Ehr:Auth:TokenUrl", "/token", "Ehr:Auth:TokenUrl is no absolute https address")]
    [TestCase("Ehr:Auth:Scopes", "system/Patient.rs\nsystem/x.c", "no scope has")]
    public void A_bad_setting_of_the_backend_stops_the_start_and_says_what_is_allowed(string name, string value, string told) =>
        Assert.That(() => Options(("Ehr:Auth:Mode", "backend"), ("Ehr:Auth:ClientId", "chw"), (name, value)), Throws.TypeOf<OptionsValidationException>().With.Message.Contains(told));

    [Test]
    public void All_bad_settings_are_told_together() =>
        Assert.That(() => Options(("Ehr:RequestTimeout", "soon"), ("Ehr:Concurrency", "0")), Throws.TypeOf<OptionsValidationException>().With.Property("Failures").Exactly(2).Items);

    [TestCase("[]", "not a JSON object")]
    [TestCase("{", "not JSON (line 1)")]
    [TestCase("""{ "DocumentRef": ["create"] }""", "'DocumentRef' is not a resource type")]
    [TestCase("""{ "Condition": ["make"] }""", "allowed in it are create, update, conditional-create, read, search-type")]
    [TestCase("""{ "Condition": "create" }""", "'Condition' takes a list")]
    [TestCase("""{ "Condition": [1] }""", "'Condition' takes a list")]
    [TestCase("""{ "system": ["batch"] }""", "allowed in it are transaction")]
    [TestCase("""{ "Condition": [], "Condition": [] }""", "stands there twice")]
    public void A_bad_file_of_capabilities_stops_the_start_and_says_what_is_allowed(string json, string told)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"capabilities-{TestContext.CurrentContext.Test.ID}.json");
        File.WriteAllText(file, json);

        Assert.That(() => Options(("Ehr:Capabilities", file)), Throws.TypeOf<OptionsValidationException>().With.Message.Contains(told));

        File.Delete(file);
    }

    [Test]
    public void A_token_does_not_print()
    {
        var options = Options(("Ehr:Auth:Mode", "bearer"), ("Ehr:Auth:Token", "marker-9f2"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Auth.Token!.Reveal(), Is.EqualTo("marker-9f2"));
            Assert.That($"{options.Auth.Token}", Is.EqualTo("(access token)"));
            Assert.That(JsonSerializer.Serialize(options.Auth), Does.Not.Contain("marker-9f2"));
        }
    }

    [TestCase("http://EHR.test:80/fhir/")]
    [TestCase("http://ehr.test/fhir")]
    public async Task The_EHR_has_one_name_however_its_address_is_written(string baseUrl)
    {
        await using var services = Services(("Ehr:BaseUrl", baseUrl));

        Assert.That(services.GetRequiredService<EhrConnection>().Id, Is.EqualTo("http://ehr.test/fhir"));
    }

    private static EhrOptions Options(params (string Name, string Value)[] settings)
    {
        using var services = Services(settings);
        return services.GetRequiredService<IOptions<EhrOptions>>().Value;
    }

    private static ServiceProvider Services(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["Ehr:BaseUrl"] = "http://ehr.test/fhir" };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        return new ServiceCollection().AddLogging().AddEhr(configuration).BuildServiceProvider();
    }
}
