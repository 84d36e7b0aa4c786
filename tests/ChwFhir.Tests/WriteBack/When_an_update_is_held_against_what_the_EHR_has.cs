using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.WriteBack;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>What the EHR has, what would be sent, and what of that is ours: places of faults of one kind.</summary>
internal sealed class When_an_update_is_held_against_what_the_EHR_has
{
    [TestCase("", "", "")]
    [TestCase("", "goal[0]", "goal[0]")]
    [TestCase("intent", "intent", "")]
    [TestCase("intent", "", "")]
    [TestCase("intent", "intent status", "status")]
    [TestCase("activity[0].detail", "activity[1].detail", "", Description = "a step was put before it")]
    [TestCase("activity[2].detail", "activity[1].detail", "", Description = "a step was taken out before it")]
    [TestCase("activity[0].detail", "activity[0].detail activity[1].detail", "activity[1].detail")]
    [TestCase("activity[0].detail activity[1].detail", "activity[1].detail activity[2].detail activity[3].detail", "activity[3].detail")]
    public void Only_what_is_newly_wrong_is_ours(string inEhr, string sent, string ours)
    {
        var found = OwnFaults.Of(Faults(sent), Faults(inEhr));

        Assert.That(string.Join(' ', found.Select(fault => fault.Expression)), Is.EqualTo(ours));
    }

    [Test]
    public void Another_rule_in_the_same_place_is_ours()
    {
        var other = new ValidationResult([Fault("intent", "binding")], []);

        Assert.That(OwnFaults.Of(other, Faults("intent")), Has.Count.EqualTo(1));
    }

    [Test]
    public void Where_the_EHRs_faults_are_too_many_to_be_told_nothing_is_held_against_the_visit()
    {
        Assert.That(OwnFaults.Of(Faults("intent"), new ValidationResult([Fault("", "more")], [])), Is.Empty);
    }

    private static ValidationResult Faults(string places) => new([.. places.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(place => Fault(place, "cardinality"))], []);

    private static ValidationIssue Fault(string place, string rule) => new(OperationOutcome.IssueSeverity.Error, OperationOutcome.IssueType.Structure, place, rule, "is not right");
}
