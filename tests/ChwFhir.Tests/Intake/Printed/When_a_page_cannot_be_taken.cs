using System.Text;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Tests.Intake.Printed;

internal sealed class When_a_page_cannot_be_taken
{
    [TestCase("text/plain")]
    [TestCase("text/html")]
    [TestCase("text/markdown")]
    public void Somebody_has_to_say_whose_it_is(string form)
    {
        var reading = Reading.Of(form, "Diet: low salt"u8.ToArray(), patient: null);

        Assert.That(((SummaryReading.Invalid)reading).Faults.Select(fault => (fault.Pointer, fault.Code)), Is.EqualTo(new[] { ("X-Chw-Patient", "patient-missing") }));
    }

    [Test]
    public void Bytes_that_are_no_text_are_named_with_their_place()
    {
        var reading = Reading.Of("text/plain", (byte[])[.. "Diet\nlow s"u8, 0xE4, .. "lt"u8]);

        Assert.That(((SummaryReading.Unreadable)reading).Fault.Detail, Does.StartWith("Line 2, byte 6:"));
    }

    [Test]
    public void The_charset_that_is_said_counts()
    {
        var latin = Reading.Good("text/plain; charset=iso-8859-1", (byte[])[.. "Dieta\nSin az"u8, 0xFA, .. "car"u8]).Summary;
        var wide = Reading.Good("text/plain", (byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Dieta\nSin azúcar")]).Summary;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(latin.Sections, Is.EqualTo(new[] { new SummarySection("Dieta", null, "Sin azúcar") }));
        Assert.That(wide.Sections, Is.EqualTo(latin.Sections));
        Assert.That(latin.Document.ContentType, Is.EqualTo("text/plain;charset=iso-8859-1"), "else nobody could read the original");
    }

    [TestCase("text/plain; charset=klingon", "unknown-charset")]
    [TestCase("text/plain; charset=utf-7", "unknown-charset")]
    public void A_charset_that_nobody_knows_is_refused(string type, string code) => Assert.That(((SummaryReading.Unreadable)Reading.Of(type, "Diet"u8.ToArray())).Fault.Code, Is.EqualTo(code));

    [TestCase("text/html", "<ul><li>", "<p>a ")]
    [TestCase("text/markdown", "- a\n\n", "  a\n\n")]
    [TestCase("text/markdown", "", "a\n===\n")]
    [TestCase("text/plain", "- a\n", "  b\n")]
    [TestCase("text/plain", "Medications\nAspirin 81 mg\n", "take it\n")]
    [TestCase("text/plain", "Follow-up\n- See ", "AB")]
    [TestCase("text/plain", "Medications\n- Aspirin ", "--")]
    [CancelAfter(10_000)]
    public void An_item_of_very_many_paragraphs_takes_no_time_to_speak_of(string form, string start, string paragraph, CancellationToken late)
    {
        var reading = Reading.Of(form, Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(paragraph, Math.Min(150_000, 950_000 / paragraph.Length)))));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(late.IsCancellationRequested, Is.False);
        Assert.That(reading, Is.InstanceOf<SummaryReading.Read>());
    }

    [TestCase("text/plain", "", "a\n")]
    [TestCase("text/markdown", "# Diet\n", "low salt ")]
    [TestCase("text/html", "<p>", "low salt<br>")]
    public void A_text_that_is_longer_than_any_page_is_refused_and_the_caller_told_what_to_do(string form, string start, string piece)
    {
        var reading = Reading.Of(form, Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(piece, 1 + (1_000_000 / (piece.Length - (form == "text/html" ? 4 : 0)))))));

        var fault = ((SummaryReading.Invalid)reading).Faults.Single();
        using var scope = Assert.EnterMultipleScope();
        Assert.That(fault.Code, Is.EqualTo("too-large"));
        Assert.That(fault.Detail, Does.Contain("1000000 characters").And.Contain("Send it as a file"));
    }

    [Test]
    public void What_a_page_shows_as_pictures_does_not_count_as_text()
    {
        var page = $"<h2>Diet</h2><p>low salt<img src=\"data:image/png;base64,{new string('A', 5_000_000)}\"></p><style>{new string('a', 2_000_000)}</style>";

        Assert.That(Reading.Good("text/html", page).Summary.Sections, Is.EqualTo(new[] { new SummarySection("Diet", null, "low salt") }));
    }

    [Test]
    public void Control_characters_are_left_out_and_counted()
    {
        var reading = Reading.Good("text/plain", "Diet\nlow\u0007 salt\u001B\fActivity\nwalk");

        using var scope = Assert.EnterMultipleScope();
        Assert.That(reading.Summary.Sections, Is.EqualTo(new[] { new SummarySection("Diet", null, "low salt"), new SummarySection("Activity", null, "walk") }));
        Assert.That(reading.Issues.Single(issue => issue.Code == "control-characters").Detail, Does.StartWith("2 "));
    }

    [Test]
    public void A_page_without_a_word_says_nothing() => Assert.That(((SummaryReading.Invalid)Reading.Of("text/html", "<p> </p>"u8.ToArray())).Faults.Select(fault => fault.Code), Is.EqualTo(new[] { "nothing-said" }));

    [TestCase("<div>", 400_000)]
    [TestCase("<b><p>", 100_000)]
    [TestCase("<a href=x>", 100_000)]
    [TestCase("<x ", 300_000)]
    [TestCase("<table><tr><td>", 50_000)]
    [TestCase("<p>word ", 150_000)]
    [TestCase("<!-- ", 200_000)]
    public void A_page_made_to_keep_the_reader_busy_does_not(string piece, int times)
    {
        var page = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, times)));
        Reading.Of("text/html", "<p>warm"u8.ToArray());
        var before = Environment.CpuUsage.TotalTime;

        Reading.Of("text/html", page);

        Assert.That(Environment.CpuUsage.TotalTime - before, Is.LessThan(TimeSpan.FromSeconds(10)), "of processor time: the machine may be busy");
    }

    [TestCase("[", 200_000)]
    [TestCase("*a ", 100_000)]
    [TestCase("> ", 200_000)]
    [TestCase("- ", 100_000)]
    [TestCase("| a ", 100_000)]
    [TestCase("`", 100_000)]
    public void Nor_does_Markdown(string piece, int times)
    {
        var page = Encoding.UTF8.GetBytes("# Diet\n" + string.Concat(Enumerable.Repeat(piece, times)));
        Reading.Of("text/markdown", "# Diet"u8.ToArray());
        var before = Environment.CpuUsage.TotalTime;

        var reading = Reading.Of("text/markdown", page);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(Environment.CpuUsage.TotalTime - before, Is.LessThan(TimeSpan.FromSeconds(10)), "of processor time: the machine may be busy");
        Assert.That(reading, Is.InstanceOf<SummaryReading.Read>());
    }
}
