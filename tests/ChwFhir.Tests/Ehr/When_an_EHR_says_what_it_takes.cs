using System.Text;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using NUnit.Framework;

namespace ChwFhir.Tests.Ehr;

public sealed class When_an_EHR_says_what_it_takes
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static IEnumerable<TestCaseData> Table()
    {
        yield return Row("open", () => Statements.Open, transaction: true, strict: false, creates: "Encounter CarePlan DocumentReference", updates: "Encounter CarePlan DocumentReference", conditional: "Encounter CarePlan DocumentReference");
        yield return Row("strict", () => Statements.Strict, transaction: false, strict: true, creates: "DocumentReference Observation", updates: "", conditional: "");
        yield return Row("without versions", () => Statements.WithoutVersions, transaction: true, strict: false, creates: "Encounter CarePlan DocumentReference", updates: "", conditional: "");
        yield return Row("EPIC_R4_fhir.epic.com_2025-12.json", null, transaction: false, strict: true, creates: "DocumentReference Observation", updates: "", conditional: "");
        yield return Row("Cerner_Millennium_open_R4.json", null, transaction: false, strict: true, creates: "", updates: "", conditional: "");
        // The recording has neither Encounter nor DocumentReference.
        yield return Row("AzureAPIforFHIR_R4_2022.json", null, transaction: false, strict: true, creates: "", updates: "", conditional: "");
        yield return Row("fhir-candle_R4.json", null, transaction: true, strict: false, creates: "Encounter CarePlan DocumentReference Observation Communication Condition", updates: "", conditional: "");
        yield return Row("USCore_server_requirements.json", null, transaction: true, strict: false, creates: "Encounter CarePlan DocumentReference Observation Condition", updates: "", conditional: "");
    }

    [TestCaseSource(nameof(Table))]
    public void It_is_believed_as_far_as_the_evidence_goes(string name, Func<CapabilityStatement>? own, bool transaction, bool strict, string creates, string updates, string conditional)
    {
        var statement = own is null ? Statements.Of(name) : own();

        var capabilities = EhrCapabilities.From(statement, null, LearnedCapabilities.None);

        string[] types = ["Encounter", "CarePlan", "DocumentReference", "Observation", "Communication", "Condition"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(capabilities.FhirVersion, Is.EqualTo("4.0.1"));
            Assert.That(capabilities.Transaction, Is.EqualTo(transaction));
            Assert.That(capabilities.RequiresEncounter, Is.EqualTo(strict));
            Assert.That(capabilities.VitalSignsOnly, Is.EqualTo(strict));
            Assert.That(types.Where(type => capabilities.Takes(type, "create")), Is.EquivalentTo(Words(creates)));
            Assert.That(types.Where(capabilities.Updates), Is.EquivalentTo(Words(updates)));
            Assert.That(types.Where(capabilities.ConditionalCreate), Is.EquivalentTo(Words(conditional)));
        }
    }

    [Test]
    public void Reading_and_searching_are_as_declared()
    {
        var capabilities = EhrCapabilities.From(Statements.Strict, null, LearnedCapabilities.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(capabilities.Takes("CarePlan", "read"), Is.True);
            Assert.That(capabilities.Takes("Goal", "read"), Is.False);
            Assert.That(capabilities.SearchesBy("Encounter", "patient"), Is.True);
            Assert.That(capabilities.SearchesBy("Encounter", "date"), Is.False);
            Assert.That(capabilities.SearchesBy("Goal", "patient"), Is.False);
        }
    }

    [TestCase("3.0.1")]
    [TestCase("4.3.0")]
    [TestCase("5.0.0")]
    [TestCase("6.0.0-ballot2")]
    public void Another_release_is_refused_by_name(string version)
    {
        Assert.That(() => EhrCapabilities.From(Statements.Release(version), null, LearnedCapabilities.None),
            Throws.TypeOf<UnsupportedFhirReleaseException>().With.Message.Contains(version).And.Message.Contains("Ehr:BaseUrl"));
    }

    [Test]
    public void A_recorded_STU3_statement_is_refused()
    {
        var statement = Statements.Of("EPIC_STU3_2020-01.json");

        Assert.That(() => EhrCapabilities.From(statement, null, LearnedCapabilities.None), Throws.TypeOf<UnsupportedFhirReleaseException>().With.Message.Contains("3.0"));
    }

    [Test]
    public void Settings_take_away_what_is_declared()
    {
        var capabilities = EhrCapabilities.From(Statements.Open, Narrowing("""{ "CarePlan": [], "Encounter": ["create"], "system": [] }"""), LearnedCapabilities.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(capabilities.Takes("CarePlan", "create"), Is.False);
            Assert.That(capabilities.Updates("CarePlan"), Is.False);
            Assert.That(capabilities.Takes("CarePlan", "read"), Is.True);
            Assert.That(capabilities.Takes("Encounter", "create"), Is.True);
            Assert.That(capabilities.ConditionalCreate("Encounter"), Is.True);
            Assert.That(capabilities.Updates("Encounter"), Is.False);
            Assert.That(capabilities.Takes("DocumentReference", "create"), Is.True);
            Assert.That(capabilities.Transaction, Is.False);
        }
    }

    [Test]
    public void Settings_add_what_is_not_believed_or_not_declared()
    {
        var capabilities = EhrCapabilities.From(Statements.Strict, Narrowing("""{ "Condition": ["create"], "Observation": ["create"], "Goal": ["create", "update", "conditional-create", "read"], "system": ["transaction"] }"""), LearnedCapabilities.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(capabilities.Takes("Condition", "create"), Is.True);
            Assert.That(capabilities.ConditionalCreate("Condition"), Is.False);
            Assert.That(capabilities.VitalSignsOnly, Is.False);
            Assert.That(capabilities.Takes("Goal", "create"), Is.True);
            Assert.That(capabilities.Takes("Goal", "read"), Is.True);
            Assert.That(capabilities.Updates("Goal"), Is.True);
            Assert.That(capabilities.ConditionalCreate("Goal"), Is.True);
            Assert.That(capabilities.Takes("Communication", "create"), Is.False);
            Assert.That(capabilities.RequiresEncounter, Is.True);
            Assert.That(capabilities.Transaction, Is.True);
        }
    }

    [Test]
    public void What_was_learned_outweighs_both_until_it_runs_out()
    {
        var learned = new LearnedCapabilities([new("CarePlan", "create", Now.AddHours(1)), new("system", "transaction", Now.AddHours(1)), new("Encounter", "create", Now)]);

        var capabilities = EhrCapabilities.From(Statements.Open, Narrowing("""{ "CarePlan": ["create", "update"] }"""), learned.At(Now));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(capabilities.Takes("CarePlan", "create"), Is.False);
            Assert.That(capabilities.ConditionalCreate("CarePlan"), Is.False);
            Assert.That(capabilities.Updates("CarePlan"), Is.True);
            Assert.That(capabilities.Transaction, Is.False);
            Assert.That(capabilities.Takes("Encounter", "create"), Is.True);
            Assert.That(capabilities.RequiresEncounter, Is.False);
        }
    }

    [Test]
    public void The_named_kinds_of_server_are_what_their_names_say()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(EhrCapabilities.Everything.Transaction && EhrCapabilities.Everything.Updates("Goal") && EhrCapabilities.Everything.ConditionalCreate("Flag") && EhrCapabilities.Everything.SearchesBy("Goal", "patient"), Is.True);
            Assert.That(EhrCapabilities.SingleConditionalCreates.Transaction, Is.False);
            Assert.That(EhrCapabilities.SingleConditionalCreates.ConditionalCreate("Goal"), Is.True);
            Assert.That(EhrCapabilities.Strict.Takes("DocumentReference", "create") && EhrCapabilities.Strict.Takes("CarePlan", "read"), Is.True);
            Assert.That(EhrCapabilities.Strict.Takes("CarePlan", "create") || EhrCapabilities.Strict.ConditionalCreate("DocumentReference") || EhrCapabilities.Strict.Updates("DocumentReference"), Is.False);
        }
    }

    private static TestCaseData Row(string name, Func<CapabilityStatement>? own, bool transaction, bool strict, string creates, string updates, string conditional) =>
        new TestCaseData(name, own, transaction, strict, creates, updates, conditional).SetArgDisplayNames(name);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static EhrNarrowing Narrowing(string json) => EhrNarrowing.Read(Encoding.UTF8.GetBytes(json)).Narrowing!;
}
