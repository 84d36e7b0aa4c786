using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Tests.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.Planning;

/// <summary>Two notes of one visit (<c>visit.id</c>): as it was planned or first told, and as it was.</summary>
internal sealed class When_a_visit_turns_out_otherwise
{
    private static readonly string[] Kinds = ["home", "phone", "video", "message", "clinic", "community", "bereavement"];

    [Test, Combinatorial]
    public void It_is_of_the_kind_that_it_was_and_valid([ValueSource(nameof(Kinds))] string planned, [ValueSource(nameof(Kinds))] string was)
    {
        var (first, second) = (Visit(planned, "planned", 14), Visit(was, "completed", 15));

        var merge = Merged(first, second);

        AssertIs(merge, second);
    }

    [Test, Combinatorial]
    public void An_older_note_that_comes_later_changes_nothing_of_the_kind([ValueSource(nameof(Kinds))] string was, [ValueSource(nameof(Kinds))] string planned)
    {
        var (first, second) = (Visit(was, "completed", 15), Visit(planned, "planned", 14));

        var merge = Merged(first, second);

        AssertIs(merge, first);
    }

    [Test]
    public void What_the_newer_one_has_spoken_of_is_told_in_elements_that_somebody_knows()
    {
        var (call, plan) = (Visit("phone", "completed", 15), Visit("home", "planned", 14));

        var merge = Merge.Apply(call, plan, Merge.Apply(call, call, null, Start(call)).Said, Start(plan));

        Assert.That(merge.Older, Is.EquivalentTo(new[] { "status", "class", "type", "period", "location" }));
    }

    [Test]
    public void Nobody_was_home_and_an_hour_later_somebody_was()
    {
        var merged = Merged(Visit("home", "not-home", 14), Visit("home", "completed", 15));

        Assert.That(merged.Status, Is.EqualTo(Encounter.EncounterStatus.Finished));
        Assert.That(merged.ReasonCode.Select(reason => reason.Text), Is.Empty);
    }

    [Test]
    public void It_took_place_and_a_note_of_before_that_nobody_was_home_comes_in_late()
    {
        var (was, before) = (Visit("home", "completed", 15), Visit("home", "not-home", 14));

        Assert.That(Merged(was, before).ReasonCode.Select(reason => reason.Text), Is.Empty);
    }

    [TestCase(14)]
    [TestCase(15)]
    [TestCase(16)]
    public void A_plan_says_nothing_against_what_came_of_it_for_whatever_hour_it_was_made(int planned)
    {
        var (plan, was) = (Visit("home", "planned", planned), Visit("home", "completed", 15));

        using var together = Assert.EnterMultipleScope();
        Assert.That(Merged(plan, was).Status, Is.EqualTo(Encounter.EncounterStatus.Finished));
        Assert.That(Merged(was, plan).Status, Is.EqualTo(Encounter.EncounterStatus.Finished));
        Assert.That(Merged(was, plan).Period!.Start, Is.EqualTo(was.Period!.Start));
    }

    [Test]
    public void What_the_EHR_keeps_beside_a_status_or_a_class_is_no_part_of_it()
    {
        var (planned, was) = (Visit("home", "planned", 14), Visit("phone", "completed", 15));
        var there = (Encounter)planned.DeepCopy();
        there.StatusHistory.Add(new Encounter.StatusHistoryComponent { Status = Encounter.EncounterStatus.Planned, Period = new Period { Start = "2026-11-01" } });
        there.ClassHistory.Add(new Encounter.ClassHistoryComponent { Class = planned.Class, Period = new Period { Start = "2026-11-01" } });

        var told = Merge.Apply(there, was, Merge.Apply(planned, planned, null, Start(planned)).Said, Start(was));
        var seen = (Encounter)Merge.Apply(there, was, Merge.Apply(planned, planned, null, Start(planned)).Said with { Seen = there }, Start(was)).Merged;

        using var together = Assert.EnterMultipleScope();
        Assert.That(((Encounter)told.Merged).Status, Is.EqualTo(Encounter.EncounterStatus.Finished));
        Assert.That(told.Clashes, Is.Empty);
        Assert.That((seen.Status, seen.StatusHistory.Count, seen.ClassHistory.Count), Is.EqualTo(((Encounter.EncounterStatus?)Encounter.EncounterStatus.Finished, 1, 1)));
    }

    [Test]
    public void What_the_newer_one_says_otherwise_is_named_once()
    {
        var (was, before) = (Visit("home", "completed", 15), Visit("home", "ended-early", 14));

        Assert.That(Merge.Apply(was, before, Merge.Apply(was, was, null, Start(was)).Said, Start(before)).Older, Is.Unique);
    }

    [Test]
    public void It_took_place_and_is_cancelled_after_all()
    {
        var merged = Merged(Visit("home", "completed", 14), Visit("home", "cancelled", 15));

        using var together = Assert.EnterMultipleScope();
        Assert.That(merged.Status, Is.EqualTo(Encounter.EncounterStatus.Cancelled));
        Assert.That(merged.ReasonCode.Select(reason => reason.Text), Is.EqualTo(new[] { "No visit: it was cancelled." }));
        Assert.That(merged.Length, Is.Null, "what did not take place did not last");
    }

    [Test]
    public void Why_it_took_place_stays_when_only_what_went_wrong_is_over()
    {
        var merged = Merged(Visit("home", "not-home", 14, """, "concerns": [ { "domain": "food-insecurity", "text": "Empty fridge" } ]"""), Visit("home", "completed", 15));

        Assert.That(merged.ReasonCode.Select(reason => reason.Text), Is.EqualTo(new[] { "Empty fridge" }));
    }

    [Test]
    public void What_the_EHR_made_of_its_class_is_what_is_claimed()
    {
        var first = Visit("home", "planned", 14);
        var before = Merge.Apply(first, first, null, At(14)).Said;
        var theirs = (Encounter)first.DeepCopy();
        theirs.Class = new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", "ambulatory");

        var merged = (Encounter)Merge.Apply(theirs, Visit("home", "completed", 15), before with { Seen = first }, At(15)).Merged;

        using var together = Assert.EnterMultipleScope();
        Assert.That(merged.Class!.Code, Is.EqualTo("AMB"));
        Assert.That(merged.Meta!.Profile, Does.Contain(OwnProfiles.Visit).And.Not.Contain(OwnProfiles.HomeVisit));
        Assert.That(Promises.Shipped.Value.Validate(merged).Errors, Is.Empty);
    }

    private static Encounter Merged(Encounter first, Encounter second)
    {
        var before = Merge.Apply(first, first, null, Start(first)).Said with { Seen = first };
        return (Encounter)Merge.Apply(first, second, before, Start(second)).Merged;
    }

    private static void AssertIs(Encounter merged, Encounter told)
    {
        using var together = Assert.EnterMultipleScope();
        Assert.That(merged.Status, Is.EqualTo(told.Status));
        Assert.That(merged.Class!.Code, Is.EqualTo(told.Class!.Code));
        Assert.That(merged.Type.Select(type => type.Text), Is.EqualTo(told.Type.Select(type => type.Text)));
        Assert.That(merged.Location, Has.Count.EqualTo(told.Location.Count));
        Assert.That(merged.Contained, Has.Count.EqualTo(told.Contained.Count));
        Assert.That(merged.Meta!.Profile, Is.EqualTo(told.Meta!.Profile));
        Assert.That(Promises.Shipped.Value.Validate(merged).Errors, Is.Empty);
    }

    private static Encounter Visit(string kind, string status, int hour, string more = "") => (Encounter)Notes.Map(
        $$"""{ "visit": { "id": "v1", "kind": "{{kind}}", "status": "{{status}}", "start": "2026-11-03T{{hour}}:05:00-05:00", "end": "2026-11-03T{{hour}}:45:00-05:00" }{{more}} }""")
        .Resources.Single(one => one.Resource is Encounter).Resource;

    private static DateTimeOffset Start(Encounter encounter) => DateTimeOffset.Parse(encounter.Period!.Start!, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset At(int hour) => new(2026, 11, 3, hour, 5, 0, TimeSpan.FromHours(-5));
}
