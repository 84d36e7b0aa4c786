using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Planning;
using ChwFhir.Tests.Ehr;
using NUnit.Framework;

namespace ChwFhir.Tests.Planning;

/// <summary>The plan of the full note on servers that say of themselves what they take: four of our own making and those that are in use somewhere.</summary>
internal sealed class When_a_server_declares_what_it_takes
{
    private static readonly Known Known = new() { VisitTime = ThePlan.VisitTime, Encounters = [new("Encounter/home", true) { Open = true }] };

    private static IEnumerable<TestCaseData> Statements()
    {
        yield return Row("declares-reading-only", () => Tests.Ehr.Statements.ReadOnly);
        yield return Row("declares-documents-only", () => Tests.Ehr.Statements.DocumentsOnly);
        yield return Row("declares-single-creates", () => Tests.Ehr.Statements.SingleCreates);
        yield return Row("declares-no-search-by-identifier", () => Tests.Ehr.Statements.NoSearchByIdentifier);
        yield return Row("statement-of-epic", () => Tests.Ehr.Statements.Of("EPIC_R4_fhir.epic.com_2025-12.json"));
        yield return Row("statement-of-cerner", () => Tests.Ehr.Statements.Of("Cerner_Millennium_open_R4.json"));
        yield return Row("statement-of-azure", () => Tests.Ehr.Statements.Of("AzureAPIforFHIR_R4_2022.json"));
        yield return Row("statement-of-fhir-candle", () => Tests.Ehr.Statements.Of("fhir-candle_R4.json"));
        yield return Row("statement-of-us-core", () => Tests.Ehr.Statements.Of("USCore_server_requirements.json"));
    }

    [TestCaseSource(nameof(Statements))]
    public void The_plan_is_the_one_that_was_read(string name, Func<CapabilityStatement> statement)
    {
        var capabilities = EhrCapabilities.From(statement(), null, LearnedCapabilities.None);

        ThePlan.AssertRead(name, Planner.Plan(ThePlan.Note, capabilities, Known, new PlanningOptions()));
    }

    [Test]
    public void Where_the_site_allows_conditions_a_strict_server_gets_them_as_provisional()
    {
        var narrowing = EhrNarrowing.Read("""{ "Condition": ["create"] }"""u8.ToArray()).Narrowing;
        var capabilities = EhrCapabilities.From(Tests.Ehr.Statements.Strict, narrowing, LearnedCapabilities.None);

        ThePlan.AssertRead("strict-with-conditions-allowed", Planner.Plan(ThePlan.Note, capabilities, Known, new PlanningOptions()));
    }

    [Test]
    public void A_token_that_was_not_granted_a_type_folds_it_whatever_the_rest_says()
    {
        var narrowing = EhrNarrowing.Read("""{ "CarePlan": ["create"] }"""u8.ToArray()).Narrowing;
        var granted = GrantedScopes.Parse("openid system/*.rs system/DocumentReference.crs system/Encounter.write system/Observation.c?category=vital-signs");
        var capabilities = EhrCapabilities.From(Tests.Ehr.Statements.SingleCreates, narrowing, LearnedCapabilities.None, granted);

        ThePlan.AssertRead("granted-documents-encounters-and-vital-signs", Planner.Plan(ThePlan.Note, capabilities, Known.Nothing with { VisitTime = ThePlan.VisitTime }, new PlanningOptions()));
    }

    [TestCase(true, "create")]
    [TestCase(false, "fold")]
    public void A_reading_goes_only_to_an_encounter_that_is_open(bool open, string will)
    {
        var known = Known with { Encounters = [new("Encounter/home", true) { Open = open }] };

        var plan = Planner.Plan(ThePlan.Note, EhrCapabilities.Strict, known, new PlanningOptions());

        Assert.That(plan.Steps.Where(step => step.Key.StartsWith("vital/", StringComparison.Ordinal)).Select(step => ChwFhir.Intake.Words.Of(step.Will)), Is.All.EqualTo(will));
    }

    [Test]
    public void What_was_folded_first_and_is_taken_now_does_not_stand_twice_in_the_care_plan()
    {
        var first = Planner.Plan(ThePlan.Note, EhrCapabilities.Everything with { Types = new Dictionary<string, TypeCapabilities> { ["Goal"] = TypeCapabilities.ReadOnly } }, Known, new PlanningOptions());
        var written = first.Steps.Single(step => step.Key == "care-plan");
        var plan = PlacedReferences.Outgoing(first.Groups.Single(), first).OfType<CarePlan>().Single();
        plan.Id = "7";
        var goals = plan.Goal.Count;
        var said = new Said(PlacedReferences.Lasting(written.Said!.Body, first, _ => null), written.Said.Times);
        var now = Known with { LongLived = new Dictionary<string, KnownResource> { ["care-plan"] = new("CarePlan/7", "1", plan, said) } };

        var second = Planner.Plan(ThePlan.Note, EhrCapabilities.Everything, now, new PlanningOptions());

        var update = second.Steps.Single(step => step.Key == "care-plan");
        var sent = PlacedReferences.Outgoing(second.Groups.Single(), second).OfType<CarePlan>().Single();
        using var together = Assert.EnterMultipleScope();
        Assert.That(update.Will, Is.EqualTo(PlanVerb.Update));
        Assert.That(sent.Goal, Has.Count.EqualTo(goals));
        Assert.That(sent.Goal.Select(goal => goal.Reference), Is.All.StartsWith("urn:uuid:"));
    }

    private static TestCaseData Row(string name, Func<CapabilityStatement> statement) => new TestCaseData(name, statement).SetArgDisplayNames(name);
}
