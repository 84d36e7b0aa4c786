using System.Text.Json;
using ChwFhir.Intake;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Intake;

internal sealed class When_the_schema_is_asked
{
    /// <summary>What a schema of this draft cannot say, or says about annotations only: the calendar, the encoding, sums over several members, the answers of each instrument.</summary>
    private static readonly string[] BeyondSchema = ["duplicate-member", "end-before-start", "another-patient", "duplicate-key", "contradiction", "not-for-this-kind", "bad-base64", "unknown-item", "unknown-answer", "answered-twice", "too-many-answers"];

    private static readonly string[] OnTheCalendarOnly =
    [
        "30 February", "29 February of a common year", "31 November", "the year 0000", "a time before all times",
        "a screening with neither answers nor declined", "a weight without a value",
        "a number that counts for no answer", "a symptom's score above ten", "a symptom's score that is no whole number",
    ];

    private static readonly JsonElement TheSchema = JsonDocument.Parse(VisitNoteSchema.Json).RootElement;

    [Test]
    public void It_says_which_draft_and_which_note_it_is()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheSchema.GetProperty("$schema").GetString(), Is.EqualTo("https://json-schema.org/draft/2020-12/schema"));
        Assert.That(TheSchema.GetProperty("$id").GetString(), Is.EqualTo(VisitNoteSchema.Id));
        Assert.That(TheSchema.GetProperty("required").EnumerateArray().Select(name => name.GetString()), Is.EqualTo(new[] { "id", "patient", "author", "visit" }));
    }

    [Test]
    public void It_takes_the_full_note_and_the_small_one()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(SmallSchema.Takes(TheSchema, Json(SomeNote.Whole)), Is.True);
        Assert.That(SmallSchema.Takes(TheSchema, Json(SomeNote.Small().Bytes())), Is.True);
        Assert.That(SmallSchema.Takes(TheSchema, Json(SomeNote.Small().Remove("/narrative").Set("/visit/status", "\"moved\"").Bytes())), Is.True);
    }

    private static IEnumerable<BadNote> WhatASchemaCanRefuse =>
        BadNotes.All.Where(bad => bad.Status == 422 && !OnTheCalendarOnly.Contains(bad.Name) && bad.Faults.Any(fault => !BeyondSchema.Contains(fault.Code)));

    [TestCaseSource(nameof(WhatASchemaCanRefuse))]
    public void It_refuses_what_the_reader_refuses(BadNote bad) => Assert.That(SmallSchema.Takes(TheSchema, Json(bad.Body())), Is.False);

    private static JsonElement Json(byte[] note) => JsonDocument.Parse(note).RootElement;
}
