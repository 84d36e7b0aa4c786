using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping.Summaries;

/// <summary>Whole documents of many vendors, from bytes to FHIR.</summary>
internal sealed class When_shared_CCDAs_are_mapped
{
    [Test]
    public async System.Threading.Tasks.Task Every_word_of_every_section_stands_in_the_document_and_all_is_valid()
    {
        List<(string, string)> bundles = [];
        List<string> missing = [];
        foreach (var file in Directory.EnumerateFiles(Needs.TestData("ccda"), "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (SummaryReader.Read(new SummaryCall(File.ReadAllBytes(file), "application/cda+xml"), new IntakeOptions()) is not SummaryReading.Read { Summary: var summary })
                continue;

            var mapped = SomeSummary.Map(summary, SomeSummary.Known with { Author = null, AuthorName = null });
            bundles.Add((Path.GetFileNameWithoutExtension(file), FhirJson.ToJson(mapped.ToTransaction())));
            foreach (var attachment in mapped.Resources.Select(one => one.Resource).OfType<DocumentReference>().Single().Content.Take(2).Select(content => content.Attachment!))
            {
                var text = Letters(RenderedText.Read(attachment.Data!, attachment.ContentType));
                missing.AddRange(summary.Sections.Where(section => !text.Contains(Letters(section.Text), StringComparison.Ordinal) || !text.Contains(Letters(section.Title ?? ""), StringComparison.Ordinal))
                    .Select(section => $"{Path.GetFileName(file)}: {section.Title} ({attachment.ContentType})"));
            }
        }

        Assert.That(bundles, Has.Count.GreaterThan(30));
        Assert.That(missing, Is.Empty);
        Assert.That(await ForeignValidator.ErrorsAsync(bundles), Is.Empty);
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
