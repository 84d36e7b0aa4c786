using System.Text;
using ChwFhir.Intake;
using ChwFhir.Intake.Hl7;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Tests.Intake.Hl7;

internal sealed class When_a_document_comes_as_HL7_v2
{
    private static readonly AfterVisitSummary TheSummary = Messages.Good(Messages.Whole);

    [Test]
    public void It_says_whose_it_is()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheSummary.Subject, Has.Property("Family").EqualTo("Okafor").And.Property("Given").EqualTo("Ngozi").And.Property("BirthDate").EqualTo("1963-04-02"));
        Assert.That(TheSummary.Subject!.Identifiers, Is.EqualTo(new[] { new PersonIdentifier("urn:oid:2.16.840.1.113883.19.5.1", "E4007"), new PersonIdentifier("urn:hl7v2:authority:STATE", "999") }));
        Assert.That(TheSummary.Caregivers, Is.EqualTo(new[] { new SummaryPerson("Imani Okafor", "daughter", "215-555-0142") }));
    }

    [Test]
    public void It_says_what_it_is()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheSummary.Id, Is.EqualTo("DOC77"));
        Assert.That(TheSummary.Document.Identifier, Is.EqualTo(new PersonIdentifier("urn:oid:2.16.840.1.113883.19.5.3", "DOC77")));
        Assert.That(TheSummary.Document.Type, Is.EqualTo(new DocumentCode("http://terminology.hl7.org/CodeSystem/v2-0270", "DS", "Discharge summary")));
        Assert.That(TheSummary.Document.Title, Is.EqualTo("After visit summary"));
        Assert.That(TheSummary.Document.Created, Is.EqualTo("2026-11-03T15:30:00-05:00"), "the offset is the message's");
        Assert.That(TheSummary.Document.IsFinal, Is.True);
        Assert.That(TheSummary.Document.Confidentiality, Is.EqualTo("R"));
        Assert.That(TheSummary.Authors.Single().Name, Is.EqualTo("Dr Jane Smith MD"));
        Assert.That(TheSummary.Encounter!.Identifiers, Is.EqualTo(new[] { new PersonIdentifier("urn:oid:2.16.840.1.113883.19.5.2", "V123") }));
    }

    [Test]
    public void Its_lines_are_text_with_their_escapes_resolved()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheSummary.Instructions, Is.EqualTo(new[] { new SummaryInstruction("Diet", "low salt") }));
        Assert.That(TheSummary.WarningSigns, Is.EqualTo(new[] { new WarningSign("Fever & chills", WarningAction.CallClinic, "555-010-2000"), new WarningSign("2 ^ 3 | 4", WarningAction.CallClinic, "555-010-2000") }));
        Assert.That(TheSummary.Document.ContentType, Is.EqualTo("text/plain"));
        Assert.That(Encoding.UTF8.GetString(TheSummary.Document.Original.Span), Does.StartWith("Diet: low salt\nWhen to call\n"));
    }

    [Test]
    public void A_document_in_the_message_about_somebody_else_is_refused()
    {
        var ccda = Convert.ToBase64String(Encoding.UTF8.GetBytes(Ccda.SomeCcda.Document(Ccda.SomeCcda.Section("69730-0", "Less salt."))));

        var reading = Messages.Read(Messages.WithContent($"OBX|1|ED|34133-9^Summary^LN||^text^xml^Base64^{ccda}||||||F"));

        Assert.That((reading as SummaryReading.Invalid)?.Faults.Select(fault => (fault.Pointer, fault.Code)), Is.EqualTo(new[] { ("PID-3", "patient-mismatch") }));
    }

    [TestCase("PID|1||E5555^^^GHH&2.16.840.1.113883.19.5.1&ISO^MR||Other^Person||19700101|M", "PID[2]")]
    [TestCase("TXA|1|DS|TX|||||||||DOC99|||||AU", "TXA[2]")]
    [TestCase(Messages.Header, "MSH[2]")]
    public void Two_messages_that_ran_into_each_other_are_refused(string second, string place)
    {
        var reading = Messages.Read([.. Messages.Whole, second, "OBX|1|TX|||Diet: high salt||||||F"]);

        Assert.That((reading as SummaryReading.Invalid)?.Faults.Select(fault => fault.Pointer), Is.EqualTo(new[] { place }));
    }

    [TestCase(0x0B)]
    [TestCase(0x1C)]
    public void A_sign_of_the_framing_is_never_content(int sign)
    {
        var glued = string.Join('\r', Messages.Whole) + (char)sign + string.Join('\r', Messages.Whole[..2]);

        var reading = Messages.Read(Encoding.UTF8.GetBytes(glued));

        Assert.That((reading as SummaryReading.Unreadable)?.Fault.Code, Is.EqualTo("broken-frame"));
    }

    [Test]
    public void A_message_in_its_frame_is_read() =>
        Assert.That(Messages.Read(Encoding.UTF8.GetBytes($"\v{string.Join('\r', Messages.Whole)}\r\u001c\r")), Is.InstanceOf<SummaryReading.Read>());

    [Test]
    public void Half_a_million_lines_that_belong_to_one_segment_take_no_time_to_speak_of()
    {
        Messages.Read(Messages.Whole);
        var before = Environment.CpuUsage.TotalTime;

        var reading = Messages.Read(Messages.WithContent($"OBX|1|TX|69730-0^Instructions^LN||Diet: low salt{string.Concat(Enumerable.Repeat("\na", 490_000))}"));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(Environment.CpuUsage.TotalTime - before, Is.LessThan(TimeSpan.FromSeconds(10)), "of processor time: the machine may be busy");
        Assert.That(reading, Is.InstanceOf<SummaryReading.Read>());
    }

    [Test]
    public void A_text_that_is_longer_than_any_page_is_refused_with_its_place()
    {
        var inOneField = Messages.Read(Messages.WithContent($"OBX|1|TX|69730-0^Instructions^LN||{string.Concat(Enumerable.Repeat("Diet~", 300_000))}"));
        var inMany = Messages.Read(Messages.WithContent([.. Enumerable.Range(1, 11).Select(number => $"OBX|{number}|TX|69730-0^Instructions^LN||{new string('a', 100_000)}")]));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(((SummaryReading.Invalid)inOneField).Faults.Select(fault => (fault.Pointer, fault.Code)), Is.EqualTo(new[] { ("OBX[1]-5", "too-large") }));
        Assert.That(((SummaryReading.Invalid)inMany).Faults.Select(fault => (fault.Pointer, fault.Code)), Is.EqualTo(new[] { ("OBX[11]-5", "too-large") }));
    }

    [Test]
    public void So_is_a_message_of_very_many_documents()
    {
        var reading = Messages.Read(Messages.WithContent($"OBX|1|ED|||{string.Concat(Enumerable.Repeat("^text^html^A^<p>Diet~", 501))}"));

        Assert.That(((SummaryReading.Invalid)reading).Faults.Select(fault => (fault.Pointer, fault.Code)), Is.EqualTo(new[] { ("OBX[1]-5", "too-large") }));
    }

    [TestCase("\r")]
    [TestCase("\n")]
    [TestCase("\r\n")]
    public void Segments_end_as_the_sender_ends_them(string end) => Assert.That(Messages.Good(Messages.Whole, end).Sections, Is.EqualTo(TheSummary.Sections));

    [Test]
    public void Separators_are_the_declared_ones()
    {
        var other = Messages.Whole.Select(line => line.Replace('|', '#').Replace('^', '*').Replace('&', '$').Replace('~', '@').Replace('\\', '%'));

        var summary = Messages.Good(other);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(summary.WarningSigns.Select(sign => sign.Text), Is.EqualTo(new[] { "Fever $ chills", "2 * 3 # 4" }));
        Assert.That(summary.Subject!.Identifiers[0], Is.EqualTo(TheSummary.Subject!.Identifiers[0]));
    }

    [Test]
    public void The_character_set_is_the_declared_one()
    {
        var latin = Encoding.Latin1.GetBytes(string.Join('\r', Messages.With("MSH", Messages.Header + "||||||8859/1").Select(line => line.Replace("Ngozi", "José", StringComparison.Ordinal))));
        var utf8 = Encoding.UTF8.GetBytes(string.Join('\r', Messages.With("MSH", Messages.Header + "||||||UNICODE UTF-8").Select(line => line.Replace("Ngozi", "José", StringComparison.Ordinal))));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(((SummaryReading.Read)Messages.Read(latin)).Summary.Subject!.Given, Is.EqualTo("José"));
        Assert.That(((SummaryReading.Read)Messages.Read(utf8)).Summary.Subject!.Given, Is.EqualTo("José"));
        Assert.That(((SummaryReading.Unreadable)Messages.Read(Encoding.Latin1.GetBytes(string.Join('\r', Messages.Whole).Replace("Ngozi", "José", StringComparison.Ordinal)))).Fault.Code, Is.EqualTo("not-text"), "without MSH-18 it is UTF-8");
    }

    [Test]
    public void Repetitions_and_bytes_in_text_are_lines()
    {
        var summary = Messages.Good(Messages.WithContent(@"OBX|1|TX|||Instructions~Rest\X0A\Drink caf\XC3A9\||||||F"));

        Assert.That(summary.Sections, Is.EqualTo(new[] { new SummarySection("Instructions", null, "Rest\nDrink café") }));
    }

    [TestCase("OBX|1|TX|69730-0^Instructions^LN||   ||||||F")]
    [TestCase("OBX|1|TX|69730-0^Instructions^LN||||||||F")]
    [TestCase("OBX|1|ED|69730-0^Instructions^LN||^TEXT^plain^A^  ||||||F")]
    public void A_document_without_a_word_is_refused(string observation) =>
        Assert.That((Messages.Read(Messages.WithContent(observation)) as SummaryReading.Invalid)?.Faults.Select(fault => (fault.Pointer, fault.Code)), Is.EqualTo(new[] { ("OBX[1]-5", "nothing-said") }));

    [TestCase("text^html", "<h2>Diet</h2><p>Low salt</p>", "text/html")]
    [TestCase("TEXT^plain", "Diet\nLow salt", "text/plain")]
    [TestCase("AP^rtf", @"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\b Diet\b0\par Low salt\par}", "text/rtf")]
    public void A_document_inside_is_read_by_its_form(string type, string content, string mediaType)
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(content));

        var summary = Messages.Good(Messages.WithContent($"OBX|1|ED|18842-5^Discharge summary^LN||EPIC^{type}^Base64^{data}||||||F"));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(summary.Instructions, Is.EqualTo(new[] { new SummaryInstruction("Diet", "Low salt") }));
        Assert.That(summary.Document.ContentType, Is.EqualTo(mediaType));
        Assert.That(Encoding.UTF8.GetString(summary.Document.Original.Span), Is.EqualTo(content));
    }

    [Test]
    public void A_file_that_cannot_be_read_is_kept_as_it_came()
    {
        var pdf = "%PDF-1.7 …"u8.ToArray();

        var reading = (SummaryReading.Read)Messages.Read(Messages.WithContent($"OBX|1|ED|||^application^pdf^Base64^{Convert.ToBase64String(pdf)}||||||F"));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(reading.Summary.Document.ContentType, Is.EqualTo("application/pdf"));
        Assert.That(reading.Summary.Document.Original.ToArray(), Is.EqualTo(pdf));
        Assert.That(reading.Issues.Select(issue => (issue.Code, issue.Pointer)), Does.Contain(("kept-as-file", "OBX[1]-5")));
    }

    [TestCase("T06", DocumentRelation.Appends)]
    [TestCase("T10", DocumentRelation.Replaces)]
    public void Addenda_and_replacements_name_the_document_before(string trigger, DocumentRelation relation)
    {
        var changed = Messages.Whole.Select(line => line.Replace("T02", trigger, StringComparison.Ordinal).Replace("|||||AU|", "|DOC76^EPIC^2.16.840.1.113883.19.5.3^ISO||||AU|", StringComparison.Ordinal)).ToArray();

        var document = Messages.Good(changed).Document;
        var without = (SummaryReading.Invalid)Messages.Read(Messages.Whole.Select(line => line.Replace("T02", trigger, StringComparison.Ordinal)));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(document.Relation, Is.EqualTo(relation));
        Assert.That(document.Earlier, Is.EqualTo(new PersonIdentifier("urn:oid:2.16.840.1.113883.19.5.3", "DOC76")));
        Assert.That(without.Faults.Select(fault => fault.Pointer), Is.EqualTo(new[] { "TXA-13" }));
    }

    [Test]
    public void A_batch_is_taken_apart_into_its_messages()
    {
        var batch = Encoding.UTF8.GetBytes(string.Join('\r', [@"FHS|^~\&|A", @"BHS|^~\&|A", .. Messages.Whole, .. Messages.With("MSH", Messages.Header.Replace("MSG001", "MSG002", StringComparison.Ordinal)), "BTS|2", "FTS|1"]));

        var messages = MdmReader.Messages(batch);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(messages, Has.Count.EqualTo(2));
        Assert.That(messages.Select(message => Messages.Read(message.ToArray())), Has.All.InstanceOf<SummaryReading.Read>());
        Assert.That(Encoding.UTF8.GetString(messages[1].Span), Does.Contain("MSG002").And.Not.Contain("BTS"));
    }
}
