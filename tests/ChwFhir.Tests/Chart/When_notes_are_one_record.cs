using ChwFhir.Chart;
using ChwFhir.Fhir.Model;
using ChwFhir.Tests.Mapping;

namespace ChwFhir.Tests.Chart;

internal sealed class When_notes_are_one_record
{
    private static readonly DateTimeOffset First = new(2026, 11, 3, 14, 0, 0, TimeSpan.Zero);

    [Test]
    public void Each_element_is_as_the_last_visit_said_it_and_the_id_is_of_the_note_that_came_first()
    {
        var record = RecordOfNotes.Of([Note(2, 1, """ "status": "completed", "due": "2026-12-01", """), Note(1, 8, "")], _ => false);

        var goal = record.Entries.Single(entry => entry.Resource is Goal);

        using var together = Assert.EnterMultipleScope();
        Assert.That((((Goal)goal.Resource).LifecycleStatus, (((Goal)goal.Resource).Target.SingleOrDefault()?.Due as Date)?.Value), Is.EqualTo(((Goal.GoalLifecycleStatus?)Goal.GoalLifecycleStatus.Completed, "2026-12-01")));
        Assert.That((RecordIds.TryRead(goal.Id, out var number, out _), number, goal.When), Is.EqualTo((true, 1L, First.AddDays(8))));
    }

    [Test]
    public void No_word_of_a_note_that_is_withheld_is_in_it()
    {
        GatheredNote[] notes = [Note(1, 1, """ "achievement": "improving", """), Note(2, 8, """ "achievement": "worsening", "priority": 1, """, "R")];

        var (whole, some) = (RecordOfNotes.Of(notes, _ => false), RecordOfNotes.Of(notes, resource => resource.Meta?.Security.Exists(label => label.Code == "R") is true));

        using var together = Assert.EnterMultipleScope();
        Assert.That((Achievement(whole), Labels(whole)), Is.EqualTo(("worsening", "R")));
        Assert.That((Achievement(some), Labels(some), some.Withheld), Is.EqualTo(("improving", "", 0)));
        Assert.That(some.Entries.Single(entry => entry.Resource is Goal).When, Is.EqualTo(First.AddDays(1)));
        Assert.That(RecordOfNotes.Of(notes[1..], _ => true).Withheld, Is.EqualTo(1));
    }

    private static string? Achievement(PatientRecord record) => record.Entries.Select(entry => entry.Resource).OfType<Goal>().Single().AchievementStatus?.Coding[0].Code;

    private static string Labels(PatientRecord record) => string.Join(' ', record.Entries.Select(entry => entry.Resource).OfType<Goal>().Single().Meta!.Security.Select(label => label.Code));

    private static GatheredNote Note(long number, int day, string members, string? label = null)
    {
        var at = First.AddDays(day);
        var parts = Notes.Map($$"""{ "goals": [ { "id": "g",{{members}} "text": "Cook again" } ] }""").ToTransaction().Entry.Where(entry => entry.Resource is Goal).ToList();
        if (label is not null)
            parts[0].Resource!.Meta!.Security.Add(new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", label));
        return new GatheredNote(TheVisit.On(at, $"n{number}").Stored with { Number = number }, parts, 1);
    }
}
