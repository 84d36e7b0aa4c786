using ChwFhir.Intake;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Intake;

internal sealed class When_a_note_is_unusual_but_good
{
    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 3, 21, 0, 0, TimeSpan.Zero);

    private static IEnumerable<TestCaseData<Func<byte[]>>> Good =>
    [
        Note("the smallest", () => SomeNote.Small().Bytes()),
        Note("a byte order mark", () => [0xEF, 0xBB, 0xBF, .. SomeNote.Small().Bytes()]),
        Note("spaces around it", () => [.. " \r\n\t"u8, .. SomeNote.Small().Bytes(), .. "\n\n"u8]),
        Note("a script in the narrative", () => SomeNote.Small().Set("/narrative", "\"<script>alert('x')</script><img src=x onerror=alert(1)>\"").Bytes()),
        Note("SQL in a name", () => SomeNote.Small().Set("/author/name", "\"Robert'); DROP TABLE notes;--\"").Bytes()),
        Note("tabs and line ends", () => SomeNote.Small().Set("/narrative", "\"a\\tb\\r\\nc\"").Bytes()),
        Note("right-to-left and emoji", () => SomeNote.Small().Set("/narrative", "\"שלום 👩🏽‍⚕️ \\ud83d\\ude00\"").Bytes()),
        Note("an escaped backslash before u", () => SomeNote.Small().Set("/narrative", "\"C:\\\\ud800\\\\users\"").Bytes()),
        Note("an insight of 200 emoji", () => SomeNote.Small().Set("/insights", $"[{{\"text\": \"{string.Concat(Enumerable.Repeat("😀", 200))}\"}}]").Bytes()),
        Note("a patient by identifier only", () => SomeNote.Small().Set("/patient", "{\"identifier\": {\"system\": \"urn:oid:1.2\", \"value\": \"7|8\"}}").Bytes()),
        Note("a patient by absolute URL", () => SomeNote.Small().Set("/patient", "{\"reference\": \"https://ehr.example/api/FHIR/R4/Patient/eXYZ\"}").Bytes()),
        Note("a score of 8.0", () => SomeNote.Small().Set("/symptoms", "[{\"symptom\": \"pain\", \"score\": 8.0}]").Bytes()),
        Note("29 February of a leap year", () => SomeNote.Small().Set("/followUp", "{\"nextVisit\": \"2028-02-29\"}").Bytes()),
        Note("a time with a fraction and Z", () => SomeNote.Small().Set("/visit/start", "\"2026-11-03T19:05:00.123456789Z\"").Bytes()),
        Note("empty lists", () => SomeNote.Small().Set("/goals", "[]").Set("/messages", "[]").Bytes()),
        Note("not home, and nothing else", () => SomeNote.Small().Remove("/narrative").Set("/visit/status", "\"not-home\"").Bytes()),
        Note("only a time entry", () => SomeNote.Small().Remove("/narrative").Set("/time", "[{\"activity\": \"outreach\", \"minutes\": 0}]").Bytes()),
        Note("the same patient as a participant", () => SomeNote.Small().Set("/visit/participants", "[{\"reference\": \"https://ehr.example/fhir/Patient/eXYZ\"}]").Bytes()),
        Note("5 MB with an attachment", () => SomeNote.Small().Set("/attachments", $"[{{\"id\": \"a\", \"contentType\": \"image/png\", \"data\": \"{new string('A', 5_000_000)}\"}}]").Bytes()),
        Note("a narrative just under a megabyte", () => SomeNote.Small().Set("/narrative", $"\"{new string('x', 1_047_000)}\"").Bytes()),
        Note("escaped member names", () => SomeNote.Swap("\"narrative\"", "\"n\\u0061rrative\"")),
    ];

    [TestCaseSource(nameof(Good))]
    public void It_is_taken_without_a_remark(Func<byte[]> note)
    {
        var reading = VisitNoteReader.Read(note(), new IntakeOptions(), ReceivedAt);

        Assert.That(reading, Is.InstanceOf<VisitNoteReading.Read>(), reading.ToString());
        Assert.That(((VisitNoteReading.Read)reading).Issues, Is.Empty);
    }

    [TestCase("/visit/end", "\"2026-11-05T14:05:00-05:00\"", "warning", "long-visit", "/visit/end")]
    [TestCase("/authored", "\"2026-11-03T14:00:00-05:00\"", "warning", "authored-before-visit", "/authored")]
    [TestCase("/goals/0/due", "\"2026-10\"", "warning", "due-before-start", "/goals/0/due")]
    [TestCase("/goals/0/addresses", "[\"food\", \"food-insecurity\", \"rats\"]", "information", "not-found-in-note", "/goals/0/addresses/2")]
    [TestCase("/referrals/0/reason", "\"rats\"", "information", "not-found-in-note", "/referrals/0/reason")]
    [TestCase("/messages/0/about", "[\"goal/last-time\"]", "information", "not-found-in-note", "/messages/0/about/0")]
    [TestCase("/messages/0/about", "[\"symptom/nausea\"]", "warning", "not-found-in-note", "/messages/0/about/0")]
    [TestCase("/advanceCarePlanning/present", "[\"patient\", \"imani\", \"nobody\"]", "warning", "not-found-in-note", "/advanceCarePlanning/present/2")]
    [TestCase("/advanceCarePlanning/documents/0/copy", "\"a2\"", "warning", "not-found-in-note", "/advanceCarePlanning/documents/0/copy")]
    [TestCase("/patient", "{\"identifier\": {\"system\": \"urn:a:b\", \"value\": \"1\"}}", null, null, null)]
    public void A_slip_is_taken_with_one_remark(string pointer, string json, string? severity, string? code, string? at)
    {
        var reading = VisitNoteReader.Read(new SomeNote().Set(pointer, json).Bytes(), new IntakeOptions(), ReceivedAt);

        var issues = ((VisitNoteReading.Read)reading).Issues.Select(issue => (issue.Severity, issue.Code, issue.Pointer));
        Assert.That(issues, code is null ? Is.Empty : Is.EqualTo(new[] { (severity, code, at) }));
    }

    [Test]
    public void A_visit_in_the_future_is_remarked_on_unless_it_is_planned()
    {
        var early = ReceivedAt.AddDays(-30);

        var done = (VisitNoteReading.Read)VisitNoteReader.Read(SomeNote.Small().Bytes(), new IntakeOptions(), early);
        var planned = (VisitNoteReading.Read)VisitNoteReader.Read(SomeNote.Small().Set("/visit/status", "\"planned\"").Bytes(), new IntakeOptions(), early);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(done.Issues.Select(issue => issue.Code), Is.EqualTo(new[] { "visit-in-the-future" }));
        Assert.That(planned.Issues, Is.Empty);
    }

    [Test]
    public void A_patient_who_is_only_identified_cannot_be_compared_with_a_reference()
    {
        var note = SomeNote.Small().Set("/patient", "{\"identifier\": {\"system\": \"urn:a:b\", \"value\": \"1\"}}").Set("/visit/participants", "[{\"reference\": \"Patient/p\"}]");

        var reading = (VisitNoteReading.Read)VisitNoteReader.Read(note.Bytes(), new IntakeOptions());

        Assert.That(reading.Issues.Select(issue => (issue.Code, issue.Pointer)), Is.EqualTo(new[] { ("patient-not-compared", "/visit/participants/0/reference") }));
    }

    [Test]
    public void Production_wants_the_patient_check()
    {
        var note = SomeNote.Small().Remove("/patient/check").Bytes();

        var reading = VisitNoteReader.Read(note, new IntakeOptions { RequirePatientCheck = true });

        using var scope = Assert.EnterMultipleScope();
        Assert.That(VisitNoteReader.Read(note, new IntakeOptions()), Is.InstanceOf<VisitNoteReading.Read>());
        Assert.That(((VisitNoteReading.Invalid)reading).Faults.Select(fault => (fault.Pointer, fault.Code)), Is.EqualTo(new[] { ("/patient/check", "required") }));
    }

    private static TestCaseData<Func<byte[]>> Note(string name, Func<byte[]> body) => new(body) { TestName = $"{{m}}({name})" };
}
