using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Chart;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Testing;
using Microsoft.Extensions.Options;

namespace ChwFhir.Tests.Chart;

/// <summary>Charts of others' making: Synthea's and PACIO's patients in the foreign server, and what Epic's sandbox answered.</summary>
public sealed class When_real_charts_are_read
{
    private static readonly string[] Parts = ["person", "caregivers", "careTeam", "programmes", "problems", "medicines", "allergies", "appointments", "hospitalStays", "summaries", "advanceDirectives", "referrals", "ask", "home", "changed"];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    // What is read is looked at, not how soon: a busy machine takes longer than anybody waits before a screen.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, JsonObject> overviews = [];
    private readonly HttpMessageHandler network = FhirHandler.Create(Patience);
    private ForeignFhirServer? ehr;

    [OneTimeSetUp]
    public async Task Read()
    {
        var data = Needs.TestData();
        ehr = await ForeignFhirServer.StartAsync();
        foreach (var chart in Directory.EnumerateFiles(Path.Combine(data, "fhir-charts", "synthea"), "*.json").Order(StringComparer.Ordinal))
            overviews[Path.GetFileNameWithoutExtension(chart)] = await InForeignServerAsync(await LoadAsync(await File.ReadAllTextAsync(chart)));
        await PutAllAsync(Entries(Path.Combine(data, "fhir-charts", "pacio-betsy-smith-johnson", "chart-collection.json")));
        overviews["pacio-betsy"] = await InForeignServerAsync("Patient/patient-betsysmith-johnson01");
        await PutAllAsync(Directory.EnumerateFiles(Path.Combine(data, "advance-directives", "pacio-adi"), "*.json").Select(file => JsonNode.Parse(File.ReadAllText(file))!.AsObject()));
        overviews["pacio-adi"] = await InForeignServerAsync("Patient/Example-Smith-Johnson-Patient1");
        await ehr.PutAsync("""{"resourceType":"Patient","id":"example","name":[{"family":"Shaw","given":["Amy"]}]}""");
        await PutAllAsync(Directory.EnumerateFiles(Path.Combine(data, "advance-directives", "us-core"), "*.json").Select(file => JsonNode.Parse(File.ReadAllText(file))!.AsObject()));
        overviews["us-core-adi"] = await InForeignServerAsync("Patient/example");
        foreach (var recording in Directory.EnumerateDirectories(Path.Combine(data, "recorded"), "epic_*").Order(StringComparer.Ordinal))
        {
            using var epic = new RecordedEpic(recording);
            // The second recording of a patient refers to the first for the patient alone.
            overviews[Path.GetFileName(recording)] = await OverviewAsync(epic, TheChart.Base, epic.Patient);
        }
    }

    [OneTimeTearDown]
    public async Task End()
    {
        network.Dispose();
        if (ehr is not null)
            await ehr.DisposeAsync();
    }

    [Test]
    public void None_of_them_breaks_the_overview() => Assert.That(overviews.Keys, Has.Count.EqualTo(15));

    [Test]
    public void Everybody_has_a_name_and_every_part_is_there_or_named()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (name, overview) in overviews)
            {
                Assert.That((string?)overview["person"]?["name"], Is.Not.Empty.And.Not.Null, name);
                Assert.That(overview["unavailable"]!.AsArray().Select(one => (string)one!["part"]!).Distinct(), Is.SubsetOf(Parts), name);
                Assert.That(overview["allergies"] is not null || overview["unavailable"]!.AsArray().Any(one => (string?)one!["part"] == "allergies"), name);
            }
        }
    }

    [Test]
    public void A_server_that_gives_everything_leaves_nothing_out() =>
        Assert.That(overviews.Where(one => !one.Key.StartsWith("epic", StringComparison.Ordinal)).SelectMany(one => one.Value["unavailable"]!.AsArray().Select(part => $"{one.Key} {part}")), Is.Empty);

    [TestCase("Luis_Miguel_Delarosa", "person", "Spanish")]
    [TestCase("Luis_Miguel_Delarosa", "person", "555-810-8188")]
    [TestCase("Luis_Miguel_Delarosa", "problems", "Long-lasting lung disease that makes breathing hard")]
    [TestCase("Luis_Miguel_Delarosa", "problems", "Pulmonary emphysema")]
    [TestCase("Luis_Miguel_Delarosa", "medicines", "Hydrochlorothiazide 25 MG")]
    [TestCase("Luis_Miguel_Delarosa", "medicines", "Water pill")]
    [TestCase("Luis_Miguel_Delarosa", "allergies", "none-recorded")]
    [TestCase("Luis_Miguel_Delarosa", "appointments", "last")]
    [TestCase("Alesha810_Marks830", "allergies", "Latex allergy")]
    [TestCase("Alesha810_Marks830", "careTeam", "Cedrick207 Lind531")]
    [TestCase("Alesha810_Marks830", "programmes", "Childhood asthma")]
    [TestCase("Alesha810_Marks830", "medicines", "Opens the airways")]
    [TestCase("Elidia_Botsford", "person", "2009-12-11")]
    [TestCase("Elidia_Botsford", "problems", "Loss of memory and thinking")]
    [TestCase("Elidia_Botsford", "medicines", "Clopidogrel 75 MG")]
    [TestCase("pacio-betsy", "person", "Betsy")]
    [TestCase("pacio-betsy", "caregivers", "(555) 555-2222")]
    [TestCase("pacio-betsy", "caregivers", "daughter in-law")]
    [TestCase("pacio-betsy", "careTeam", "Primary Care Physician")]
    [TestCase("pacio-betsy", "careTeam", "Post Discharge to Home Care Team")]
    [TestCase("pacio-betsy", "allergies", "angiotensin-converting enzyme inhibitor")]
    [TestCase("pacio-betsy", "problems", "Low mood that does not pass (depression)")]
    [TestCase("pacio-betsy", "summaries", "Metro Hospital Discharge Summary")]
    [TestCase("pacio-adi", "caregivers", "(210) 222-3333")]
    [TestCase("pacio-adi", "advanceDirectives", "healthcare-proxy")]
    [TestCase("pacio-adi", "advanceDirectives", "Johnson, Charles")]
    [TestCase("us-core-adi", "advanceDirectives", "polst")]
    [TestCase("us-core-adi", "advanceDirectives", "Living Will (PDF)")]
    [TestCase("epic_camila-lopez_2024-11_a", "problems", "Polycystic ovaries")]
    [TestCase("epic_camila-lopez_2024-11_a", "careTeam", "Family Medicine")]
    [TestCase("epic_camila-lopez_2024-11_a", "person", "469-555-5555")]
    [TestCase("epic_camila-lopez_2024-11_a", "allergies", "not-asked")]
    [TestCase("epic_derrick-lin_2024-11", "problems", "Risk for coronary artery disease")]
    [TestCase("epic_derrick-lin_2024-11", "unavailable", """{"part":"appointments","of":"Appointment","why":"not-allowed"}""")]
    [TestCase("epic_derrick-lin_2024-11", "unavailable", """{"part":"caregivers","of":"RelatedPerson","why":"not-allowed"}""")]
    [TestCase("epic_derrick-lin_2024-11", "unavailable", """{"part":"problems","of":"Condition","why":"partly"}""")]
    [TestCase("epic_derrick-lin_2024-11", "unavailable", """{"part":"medicines","of":"MedicationRequest","why":"may-be-more"}""")]
    public void The_overview_tells(string chart, string part, string fact) => Assert.That(overviews[chart][part]?.ToJsonString(Json), Does.Contain(fact));

    [Test]
    public void A_visit_for_a_picture_is_no_stay_in_hospital() => Assert.That(overviews["epic_camila-lopez_2024-11_a"]["hospitalStays"]!.AsArray(), Is.Empty);

    private Task<JsonObject> InForeignServerAsync(string patient) => OverviewAsync(network, ehr!.BaseUrl.AbsoluteUri, patient);

    private static async Task<JsonObject> OverviewAsync(HttpMessageHandler way, string address, string patient)
    {
        var charts = new ChwFhir.Chart.Charts(new Sensitivity(Options.Create(new SensitivityOptions())), Options.Create(new EhrOptions { BaseUrl = address, RequestTimeout = Patience }), TimeProvider.System);
        var reading = new OverviewReading(
            charts.Open(new ChartEyes("test", TheChart.Chw, new Uri(address), way), patient), Task.FromResult<IReadOnlyList<OwnNote>>([]), Task.FromResult<IReadOnlyList<ChwFhir.Queue.LongLivedRow>>([]),
            Task.FromResult<IReadOnlyList<MessageView>>([]), new TeamCaller("Practitioner/chw-1", ["chw"]), PlainWords.Default, "urn:chwfhir:note", TheChart.Now);
        return JsonSerializer.SerializeToNode(await reading.WholeAsync(CancellationToken.None), Json)!.AsObject();
    }

    private async Task<string> LoadAsync(string bundle)
    {
        var response = await ehr!.TransactAsync(bundle);
        var location = response["entry"]!.AsArray().Select(entry => (string?)entry!["response"]!["location"]).First(place => place?.StartsWith("Patient/", StringComparison.Ordinal) is true)!;
        return string.Join('/', location.Split('/')[..2]);
    }

    private static IEnumerable<JsonObject> Entries(string file) => JsonNode.Parse(File.ReadAllText(file))!["entry"]!.AsArray().Select(entry => entry!["resource"]!.AsObject());

    private async Task PutAllAsync(IEnumerable<JsonObject> resources)
    {
        foreach (var resource in resources)
            await ehr!.PutAsync(resource.ToJsonString());
    }
}
