using System.Diagnostics;
using System.Text;
using ChwFhir.Intake;
using ChwFhir.Intake.Ccda;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Tests.Intake.Ccda;

internal sealed class When_a_C_CDA_is_hostile
{
    private static readonly string Good = SomeCcda.Document(SomeCcda.Section("69730-0", "Rest"));

    private static IEnumerable<TestCaseData> Broken()
    {
        yield return Case("An_entity_bomb", "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n" + Body(Good), "doctype", 2);
        yield return Case("An_external_entity", "<!DOCTYPE ClinicalDocument [<!ENTITY xxe SYSTEM \"file:///etc/passwd\">]>" + Body(Good).Replace("Rest", "&xxe;", StringComparison.Ordinal), "doctype", 1);
        yield return Case("An_entity_nobody_declared", Good.Replace("Rest", "&nbsp;", StringComparison.Ordinal), "not-xml", 8);
        yield return Case("A_bare_ampersand", Good.Replace("After visit", "A & B", StringComparison.Ordinal), "not-xml", 5);
        yield return Case("A_tag_cut_off", Good[..(Good.Length - 8)], "not-xml", 9);
        yield return Case("Nothing", "", "not-xml", 1);
        yield return Case("Words_in_front", "HTTP/1.1 200 OK\n\n" + Good, "not-xml", 1);
        yield return Case("JSON", "{ \"id\": 1 }", "not-xml", 1);
        yield return Case("Two_roots", Good + "<a/>", "not-xml", 9);
        yield return Case("Elements_too_deep", Good.Replace("Rest", string.Concat(Enumerable.Repeat("<list><item>", 5_000)), StringComparison.Ordinal), "too-deep", 8);
        yield return Case("Elements_too_deep_in_what_is_passed_over", Good.Replace("<recordTarget>", "<recordTarget><addr>" + string.Concat(Enumerable.Repeat("<a>", 100_000)), StringComparison.Ordinal), "too-deep", 7);
        yield return Case("A_tag_of_a_million_attributes", Good.Replace("<text>", "<text " + string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"a{i:x}='' ")) + ">", StringComparison.Ordinal), "tag-too-long", 8);
    }

    [TestCaseSource(nameof(Broken))]
    public void It_is_refused_with_its_place_in_no_time_and_little_memory(string document, string code, int line)
    {
        var bytes = Encoding.UTF8.GetBytes(document);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();

        var reading = SomeCcda.Reading(bytes);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        using var scope = Assert.EnterMultipleScope();
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)), "ten times what it may take: machines differ");
        Assert.That(allocated, Is.LessThan(64 * 1024 * 1024));
        Assert.That(reading, Is.InstanceOf<SummaryReading.Unreadable>());
        var fault = (reading as SummaryReading.Unreadable)?.Fault;
        Assert.That(fault?.Code, Is.EqualTo(code));
        Assert.That(fault?.Detail, Does.Contain($"line {line}, position "));
    }

    [TestCase("4C6FA794")]
    [TestCase("0000FEFF")]
    [TestCase("0000FFFE")]
    [TestCase("4C6FA79400")]
    public void Bytes_in_no_encoding_of_XML_are_no_XML(string bytes) =>
        Assert.That((SomeCcda.Reading(Convert.FromHexString(bytes)) as SummaryReading.Unreadable)?.Fault.Code, Is.EqualTo("not-xml"));

    [TestCase("<section xmlns=\"urn:hl7-org:v3\"><title>x</title></section>", "/section", "not-a-clinical-document")]
    [TestCase("<ClinicalDocument/>", "/ClinicalDocument", "wrong-namespace")]
    [TestCase("<observation xsi:type=\"x\"/><observation/>", "/observation", "not-a-clinical-document", TestName = "A_fragment_that_is_no_whole_XML")]
    public void Another_document_or_a_part_of_one_is_told_from_broken_XML(string document, string pointer, string code)
    {
        var reading = SomeCcda.Reading(document);

        Assert.That((reading as SummaryReading.Invalid)?.Faults.Select(fault => (fault.Pointer, fault.Code)), Is.EqualTo(new[] { (pointer, code) }));
    }

    [TestCase("", "/ClinicalDocument/recordTarget", "required")]
    [TestCase("<recordTarget><patientRole><id nullFlavor=\"UNK\"/><patient><name/></patient></patientRole></recordTarget>", "/ClinicalDocument/recordTarget/patientRole", "required")]
    [TestCase(SomeCcda.Patient + "<recordTarget><patientRole><id root=\"2.16.840.1.113883.19.5\" extension=\"MRN-2\"/><patient><name><given>Other</given><family>Person</family></name></patient></patientRole></recordTarget>", "/ClinicalDocument/recordTarget[2]/patientRole", "several-patients")]
    public void A_document_of_nobody_or_of_several_is_refused(string header, string pointer, string code)
    {
        var reading = SomeCcda.Reading(SomeCcda.Document("", header));

        Assert.That((reading as SummaryReading.Invalid)?.Faults.Select(fault => (fault.Pointer, fault.Code)), Is.EqualTo(new[] { (pointer, code) }));
    }

    [TestCase(1_000_100, 0, "/ClinicalDocument/component/structuredBody/component[1]/section/text")]
    [TestCase(600_000, 600_000, "/ClinicalDocument/component/structuredBody/component[2]/section/text")]
    public void Words_that_are_no_summary_any_more_are_refused_with_the_place_where_they_become_too_many(int first, int second, string pointer)
    {
        var reading = SomeCcda.Reading(SomeCcda.Document(SomeCcda.Section("69730-0", Words(first)) + SomeCcda.Section("8648-8", Words(second))));

        Assert.That((reading as SummaryReading.Invalid)?.Faults.Select(fault => (fault.Pointer, fault.Code)), Is.EqualTo(new[] { (pointer, "too-large") }));
    }

    [Test]
    public void As_many_words_as_a_printed_page_may_have_are_taken() =>
        Assert.That(SomeCcda.Of(SomeCcda.Section("69730-0", Words(999_000))).Sections.Single().Text, Has.Length.GreaterThan(990_000));

    private static string Words(int characters) => string.Concat(Enumerable.Repeat("<paragraph>Rest. </paragraph>", characters / 7));

    [Test]
    public void No_fault_quotes_the_document()
    {
        var reading = (SummaryReading.Unreadable)SomeCcda.Reading(Good.Replace("Rest", "<Reyes>&Secret;", StringComparison.Ordinal));

        Assert.That(reading.Fault.ToString(), Does.Not.Contain("Secret").And.Not.Contain("Reyes"));
    }

    [Test]
    public void More_bytes_than_are_taken_are_not_looked_at()
    {
        var reading = CcdaReader.Read(new SummaryCall(new byte[3000], "text/xml"), new IntakeOptions { MaxBytes = 1024, MaxBytesWithAttachments = 2048 });

        Assert.That(reading, Is.EqualTo(new SummaryReading.TooLarge(2048)));
    }

    [Test]
    public void UTF_16_is_read_where_it_is_said_and_refused_where_it_is_not()
    {
        var said = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Good.Replace("UTF-8", "UTF-16", StringComparison.Ordinal))).ToArray();
        var unsaid = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Body(Good))).ToArray();

        using var scope = Assert.EnterMultipleScope();
        Assert.That(SomeCcda.Reading(said), Is.InstanceOf<SummaryReading.Read>());
        Assert.That(SomeCcda.Reading(unsaid, "text/xml; charset=utf-16"), Is.InstanceOf<SummaryReading.Read>());
        Assert.That((SomeCcda.Reading(unsaid) as SummaryReading.Unreadable)?.Fault.Code, Is.EqualTo("encoding"));
    }

    [TestCase("iso-8859-1")]
    [TestCase("windows-1252")]
    public void Old_encodings_are_read_as_declared(string name)
    {
        var document = Good.Replace("UTF-8", name, StringComparison.Ordinal).Replace("Rest", "Señora Peña", StringComparison.Ordinal);

        var read = (SummaryReading.Read)SomeCcda.Reading(Encoding.Latin1.GetBytes(document));

        Assert.That(read.Summary.Sections.Single().Text, Is.EqualTo("Señora Peña"));
    }

    [Test]
    public void Prefixes_that_everybody_uses_need_not_be_declared() =>
        Assert.That(SomeCcda.Reading(SomeCcda.Document(SomeCcda.Section("69730-0", "Rest"), SomeCcda.Patient.Replace("<id root", "<sdtc:id/><id xsi:type=\"II\" root", StringComparison.Ordinal), "<c:ClinicalDocument xmlns:c=\"urn:hl7-org:v3\">")
            .Replace("</ClinicalDocument>", "</c:ClinicalDocument>", StringComparison.Ordinal)), Is.InstanceOf<SummaryReading.Read>());

    private static IEnumerable<TestCaseData> Growing()
    {
        yield return new TestCaseData((Func<int, string>)(n => SomeCcda.Document(string.Concat(Enumerable.Repeat(SomeCcda.Section("69730-0", "Rest"), n))))).SetName("Many_sections");
        yield return new TestCaseData((Func<int, string>)(n => SomeCcda.Document(SomeCcda.Section("18776-5", $"<paragraph ID=\"a\">{new string('x', n * 10)}</paragraph>",
            string.Concat(Enumerable.Range(0, n).Select(i => $"<entry><observation moodCode=\"GOL\"><code code=\"{i}\"/><text><reference value=\"#a\"/></text></observation></entry>")))))).SetName("Many_entries_that_point_at_one_long_text");
        yield return new TestCaseData((Func<int, string>)(n => SomeCcda.Document(SomeCcda.Section("11450-4", "x",
            string.Concat(Enumerable.Range(0, n).Select(i => $"<entry><act><templateId root=\"2.16.840.1.113883.10.20.22.4.3\"/><entryRelationship><observation><value code=\"{i}\" displayName=\"P{i}\"/></observation></entryRelationship></act></entry>")))))).SetName("Many_problems");
        yield return new TestCaseData((Func<int, string>)(n => SomeCcda.Document(SomeCcda.Section("69730-0", string.Concat(Enumerable.Repeat("a<!---->", n * 4)))))).SetName("Words_parted_by_comments");
        yield return new TestCaseData((Func<int, string>)(n => SomeCcda.Document(SomeCcda.Section("69730-0", "<table><tr>" + string.Concat(Enumerable.Repeat("<td/>", n * 8)) + "<td>a</td></tr></table>")))).SetName("Many_empty_cells");
        yield return new TestCaseData((Func<int, string>)(n => SomeCcda.Document("", SomeCcda.Patient.Replace("<patient>", string.Concat(Enumerable.Range(0, n).Select(i => $"<id root=\"1.2.{i}\"/>")) + "<patient>", StringComparison.Ordinal)))).SetName("Many_identifiers");
        yield return new TestCaseData((Func<int, string>)(n => SomeCcda.Document(SomeCcda.Section("69730-0", "x") + string.Concat(Enumerable.Repeat("<component><section>" + string.Concat(Enumerable.Repeat("<text>a</text>", n)) + "</section></component>", 1))))).SetName("Many_texts_of_one_section");
        yield return new TestCaseData((Func<int, string>)(n => SomeCcda.Document(SomeCcda.Section("10160-0", "x", "<entry><substanceAdministration moodCode=\"EVN\"><text>" + string.Concat(Enumerable.Repeat("a<!---->", n * 4)) + "</text></substanceAdministration></entry>")))).SetName("An_entrys_text_parted_by_comments");
    }

    [TestCaseSource(nameof(Growing))]
    public void Work_grows_no_faster_than_the_document(Func<int, string> document)
    {
        SomeCcda.Reading(document(50));
        var small = Encoding.UTF8.GetBytes(document(1_000));
        var large = Encoding.UTF8.GetBytes(document(16_000));

        var smallBytes = Allocated(small, out _);
        var largeBytes = Allocated(large, out var seconds);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(largeBytes / (double)large.Length, Is.LessThan((2 * smallBytes / (double)small.Length) + 8), "bytes of garbage for a byte of the document");
        Assert.That(seconds, Is.LessThan(10));
    }

    [Test]
    public void An_entry_of_more_elements_than_anybody_writes_is_kept_in_the_text_and_its_memory_is_bounded()
    {
        var document = Encoding.UTF8.GetBytes(SomeCcda.Document(SomeCcda.Section("11450-4", "Asthma", "<entry><act>" + string.Concat(Enumerable.Repeat("<a/>", 1_000_000)) + "</act></entry>")));
        SummaryReading? reading = null;

        var allocated = Allocated(document, out _, read => reading = read);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(allocated, Is.LessThan(32 * 1024 * 1024));
        Assert.That((reading as SummaryReading.Read)?.Issues.Select(issue => issue.Code), Is.EqualTo(new[] { "kept-in-text" }));
    }

    private static long Allocated(byte[] document, out double seconds, Action<SummaryReading>? look = null)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var reading = SomeCcda.Reading(document);
        seconds = watch.Elapsed.TotalSeconds;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        look?.Invoke(reading);
        return allocated;
    }

    private static TestCaseData Case(string name, string document, string code, int line) => new TestCaseData(document, code, line).SetName(name);

    private static string Body(string document) => document[(document.IndexOf("?>", StringComparison.Ordinal) + 2)..].TrimStart();
}
