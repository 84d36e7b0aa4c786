using ChwFhir.Intake.Summaries;
using ChwFhir.Testing;

namespace ChwFhir.Tests.Intake.Printed;

/// <summary>Discharge summaries and notes that others wrote: nothing of them is lost.</summary>
internal sealed class When_pages_of_others_are_read
{
    [TestCase("avs/mtsamples", "*.txt")]
    [TestCase("avs/pacio", "*.txt")]
    [TestCase("notes/mtsamples", "*.txt")]
    [TestCase("notes/aci-bench", "*.txt")]
    [TestCase("notes/medhost-sandbox", "*.txt")]
    [TestCase("notes/peer-support-visits", "*.txt")]
    public void Every_word_stands_in_exactly_one_part(string folder, string pattern)
    {
        var files = Directory.GetFiles(Needs.TestData(folder), pattern);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(files, Is.Not.Empty);
        foreach (var file in files)
        {
            var summary = Reading.Good("text/plain", File.ReadAllBytes(file)).Summary;
            Assert.That(Reading.Words(summary), Is.EqualTo(Reading.WordsOf(File.ReadAllText(file))), Path.GetFileName(file));
        }
    }

    [Test]
    public void Pages_of_HTML_keep_their_text()
    {
        using var scope = Assert.EnterMultipleScope();
        foreach (var file in Directory.GetFiles(Needs.TestData("notes", "athena-sandbox"), "*.html"))
        {
            var summary = Reading.Good("text/html", File.ReadAllBytes(file)).Summary;
            var shown = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(File.ReadAllText(file))?.Body?.TextContent ?? "";
            Assert.That(string.Concat(Reading.Words(summary)), Is.EqualTo(string.Concat(Reading.WordsOf(shown))), Path.GetFileName(file));
        }
    }

    [Test]
    public void Discharge_summaries_have_their_diagnoses_and_parts()
    {
        var read = Directory.GetFiles(Needs.TestData("avs", "mtsamples"), "*Discharge*.txt").Select(file => Reading.Good("text/plain", File.ReadAllBytes(file)).Summary).ToList();

        using var scope = Assert.EnterMultipleScope();
        Assert.That(read, Has.All.Matches<AfterVisitSummary>(summary => summary!.Sections.Count(section => section.Title is not null) >= 3));
        Assert.That(read.Count(summary => summary.Diagnoses.Count > 0), Is.GreaterThanOrEqualTo(read.Count - 2));
        TestContext.Out.WriteLine($"{read.Count} documents: {read.Sum(summary => summary.Diagnoses.Count)} diagnoses, {read.Sum(summary => summary.Medications.Count)} medicines, "
            + $"{read.Sum(summary => summary.FollowUps.Count)} follow-ups, {read.Sum(summary => summary.WarningSigns.Count)} signs, {read.Sum(summary => summary.Instructions.Count)} instructions");
    }
}
