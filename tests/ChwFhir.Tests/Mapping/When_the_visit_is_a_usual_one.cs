using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

/// <summary>The document of a usual visit as text that a person has read: <c>documents/*.txt</c>.</summary>
internal sealed class When_the_visit_is_a_usual_one
{
    private const int Lines = 45;
    private const int Columns = 100;

    [TestCase("follow-up-closes-referral")]
    [TestCase("palliative-pain")]
    [TestCase("caregiver-and-wishes")]
    public void Its_document_is_the_one_that_was_read_and_fits_on_a_screen(string name)
    {
        var document = Samples.Map(name).Document;

        var file = Repository.Path("tests", "ChwFhir.Tests", "Mapping", "documents", $"{name}.txt");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, document);
            Assert.Fail($"A new document stands in {file}: read it.");
        }

        using var together = Assert.EnterMultipleScope();
        Assert.That(document, Is.EqualTo(File.ReadAllText(file)), "delete the file, run again and read the difference when the new document is right");
        Assert.That(document.TrimEnd().Split('\n').Sum(line => Math.Max(1, (line.Length + Columns - 1) / Columns)), Is.LessThanOrEqualTo(Lines));
    }

    [TestCase("palliative-pain", new[] { "What the team should know", "Action plan", "Symptoms", "The visit in the CHW's words" })]
    [TestCase("first-visit", new[] { "What the team should know", "Action plan", "Needs, as reported; a clinician confirms them", "The visit in the CHW's words" })]
    [TestCase("screening-needs-referrals", new[] { "What the team should know", "Action plan", "Needs, as reported; a clinician confirms them", "Screenings" })]
    public void Its_parts_stand_in_the_order_of_their_urgency(string name, string[] headings)
    {
        var lines = Samples.Map(name).Document.Split('\n');

        Assert.That(lines.Where(headings.Contains).Distinct(), Is.EqualTo(headings));
    }
}
