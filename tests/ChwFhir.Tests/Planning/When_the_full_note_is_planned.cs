using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Planning;
using NUnit.Framework;

namespace ChwFhir.Tests.Planning;

/// <summary>The plan of one full note on each kind of EHR, as text that a person has read: <c>plans/*.txt</c>.</summary>
internal sealed class When_the_full_note_is_planned
{
    private static readonly TypeCapabilities Nothing = TypeCapabilities.ReadOnly;

    private static readonly Dictionary<string, (EhrCapabilities Capabilities, Known Known)> Cases = new()
    {
        ["everything"] = (EhrCapabilities.Everything, Known.Nothing),
        ["single-conditional-creates"] = (EhrCapabilities.SingleConditionalCreates, Known.Nothing),
        ["eight-entries-a-transaction"] = (EhrCapabilities.Everything with { TransactionEntries = 8 }, Known.Nothing),
        ["no-care-plan"] = (EhrCapabilities.Everything with { Types = new Dictionary<string, TypeCapabilities> { ["CarePlan"] = Nothing } }, Known.Nothing),
        ["documents-only"] = (EhrCapabilities.Everything with { OtherTypes = Nothing, Types = new Dictionary<string, TypeCapabilities> { ["DocumentReference"] = TypeCapabilities.Everything } }, Known.Nothing),
        ["read-only"] = (EhrCapabilities.Everything with { OtherTypes = Nothing }, Known.Nothing),
        ["strict-with-a-home-visit"] = (EhrCapabilities.Strict, Known.Nothing with { Encounters = [new("Encounter/clinic", false), new("Encounter/home", true)] }),
        ["strict-without-an-encounter"] = (EhrCapabilities.Strict, Known.Nothing with { Encounters = [new("Encounter/oncology", false)] }),
        ["after-a-refusal-and-a-lost-answer"] = (EhrCapabilities.SingleConditionalCreates, Known.Nothing with
        {
            Written = new Dictionary<string, WrittenResource> { ["encounter"] = new("Encounter/1", "1", "created"), ["note"] = new("DocumentReference/2", "1", "created") },
            Refused = new Dictionary<string, string> { ["goal/garden"] = "EHR refused it: 422 (error invalid Goal.target)" },
            Open = new HashSet<string> { "message/m1" },
            Uncertain = new HashSet<string> { "care-plan" },
        }),
    };

    private static IEnumerable<string> Names => Cases.Keys;

    [TestCaseSource(nameof(Names))]
    public void The_plan_is_the_one_that_was_read(string name)
    {
        var (capabilities, known) = Cases[name];

        var plan = Planner.Plan(ThePlan.Note, capabilities, known with { VisitTime = ThePlan.VisitTime }, new PlanningOptions());

        ThePlan.AssertRead(name, plan);
    }

    [Test]
    public void A_reference_to_what_is_not_written_names_it_by_our_identifier()
    {
        var (capabilities, known) = Cases["no-care-plan"];

        var plan = Planner.Plan(ThePlan.Note, capabilities, known, new PlanningOptions());

        var provenance = PlacedReferences.Outgoing(plan.Groups.Single(), plan).OfType<Provenance>().Single();
        var target = provenance.Target.Single(target => target.Identifier?.Value?.EndsWith("care-plan", StringComparison.Ordinal) is true);
        Assert.That((target.Reference, target.Type), Is.EqualTo(((string?)null, "CarePlan")));
        Assert.That(provenance.Target.Where(other => other != target).Select(other => other.Reference), Is.All.StartsWith("urn:uuid:"));
    }

    [Test]
    public void A_site_whose_clinicians_sign_gets_a_draft()
    {
        var plan = Planner.Plan(ThePlan.Note, EhrCapabilities.Everything, Known.Nothing, new PlanningOptions { File = "draft" });

        Assert.That(((DocumentReference)plan.Document!.Resource!).DocStatus, Is.EqualTo(CompositionStatus.Preliminary));
    }
}
