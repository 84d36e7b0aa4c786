using System.Text.Json;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

public sealed class When_a_note_says_more_than_data_holds
{
    // What has a resource of its own, or is about the note and not in it.
    private static readonly string[] Data =
    [
        "schemaVersion", "id", "language", "authored", "patient", "author", "programme", "visit", "concerns", "screenings", "symptoms", "vitals", "goals", "referrals", "education", "advanceCarePlanning",
        "messages", "followUp", "attachments", "narrativeHold", "labels",
    ];

    [Test]
    public void The_full_note_says_of_each_part_where_it_went()
    {
        var mapped = Samples.Map("full");

        Assert.That(Kept(mapped), Is.EquivalentTo(new[]
        {
            ("kept-in-text", "/narrative"), ("kept-in-text", "/sections"), ("kept-in-text", "/insights"), ("kept-in-text", "/whatMatters"), ("kept-in-text", "/medicinesAtHome"), ("kept-in-text", "/visit/participants"),
            ("kept-with-service", "/home"), ("kept-with-service", "/followUp/ask"), ("kept-with-service", "/visit/travel"), ("kept-with-service", "/time"), ("kept-with-service", "/consents"),
        }));
    }

    [Test]
    public void No_member_of_a_note_is_neither_data_nor_told_of()
    {
        var told = Kept(Samples.Map("full")).Select(issue => issue.Pointer!.Split('/')[1]);
        var members = typeof(VisitNote).GetProperties().Where(property => property.CanWrite).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

        Assert.That(members.Except(Data).Except(told), Is.Empty);
    }

    [Test]
    public void What_is_held_is_not_hinted_at()
    {
        var mapped = Notes.Map("""{ "narrativeHold": { "why": "danger" }, "sections": [ { "title": "A", "text": "B", "hold": { "why": "told-in-confidence" } } ] }""");

        Assert.That(Kept(mapped), Is.Empty);
    }

    private static IEnumerable<(string Code, string? Pointer)> Kept(MappedNote mapped) => mapped.Issues.Where(issue => issue.Code is "kept-in-text" or "kept-with-service").Select(issue => (issue.Code, issue.Pointer));
}
