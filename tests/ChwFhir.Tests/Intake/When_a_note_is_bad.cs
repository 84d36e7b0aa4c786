using ChwFhir.Intake;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Intake;

internal sealed class When_a_note_is_bad
{
    [TestCaseSource(typeof(BadNotes), nameof(BadNotes.All))]
    public void It_is_refused_with_every_fault_and_no_other(BadNote bad)
    {
        var reading = VisitNoteReader.Read(bad.Body(), new IntakeOptions());

        var (status, faults) = reading switch
        {
            VisitNoteReading.Unreadable unreadable => (400, [unreadable.Fault]),
            VisitNoteReading.TooLarge => (413, []),
            VisitNoteReading.Invalid invalid => (422, invalid.Faults),
            _ => (202, Array.Empty<NoteFault>()),
        };
        using var scope = Assert.EnterMultipleScope();
        Assert.That(status, Is.EqualTo(bad.Status));
        Assert.That(faults.Select(fault => (fault.Pointer, fault.Code)).OrderBy(fault => fault.Pointer, StringComparer.Ordinal).ThenBy(fault => fault.Code, StringComparer.Ordinal), Is.EqualTo(bad.Faults));
        Assert.That(faults.Select(fault => fault.Detail), Is.All.Not.Empty);
    }

    [Test]
    public void The_table_has_no_two_of_one_name() => Assert.That(BadNotes.All.Select(bad => bad.Name), Is.Unique);

    [Test]
    public void The_place_in_broken_JSON_is_said_by_line_and_position()
    {
        var reading = VisitNoteReader.Read("{\n  \"id\": \"a\",\n  \"café\": [1, 2, ]\n}"u8.ToArray(), new IntakeOptions());

        Assert.That(((VisitNoteReading.Unreadable)reading).Fault.Detail, Does.StartWith("Line 3, position 18:"));
    }

    [Test]
    public void The_words_that_would_do_are_named_and_the_one_that_stands_there_is_not()
    {
        var reading = VisitNoteReader.Read(new SomeNote().Set("/visit/kind", "\"Secret\"").Bytes(), new IntakeOptions());

        var detail = ((VisitNoteReading.Invalid)reading).Faults.Single().Detail;
        using var scope = Assert.EnterMultipleScope();
        Assert.That(detail, Does.Contain("home, phone, video, message, clinic, hospital, community, bereavement"));
        Assert.That(detail, Does.Not.Contain("Secret"));
    }

    [Test]
    public void A_hundred_thousand_faults_are_cut_short()
    {
        var goals = string.Join(',', Enumerable.Repeat("1", 100_000));

        var reading = VisitNoteReader.Read(new SomeNote().Set("/goals", $"[{goals}]").Bytes(), new IntakeOptions());

        var faults = ((VisitNoteReading.Invalid)reading).Faults;
        using var scope = Assert.EnterMultipleScope();
        Assert.That(faults, Has.Count.EqualTo(1000));
        Assert.That(faults[^1].Code, Is.EqualTo("more-faults"));
    }
}
