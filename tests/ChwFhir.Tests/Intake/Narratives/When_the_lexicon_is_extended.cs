using ChwFhir.Intake.Narratives;
using ChwFhir.Mapping;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace ChwFhir.Tests.Intake.Narratives;

internal sealed class When_the_lexicon_is_extended
{
    private string file = null!;

    [SetUp]
    public void Begin() => file = Path.Combine(Path.GetTempPath(), $"chwfhir-lexicon-{Environment.ProcessId}.txt");

    [TearDown]
    public void End() => File.Delete(file);

    [Test]
    public void A_programmes_own_words_count_beside_the_shipped_ones()
    {
        File.WriteAllText(file, "# ours\n@bill = bill, bills\n[need utility-insecurity]\nbudget {bill} ..2 crazy\n[denied before 4]\nzilch\n[heading plan]\nOur road ahead\n");

        var lexicon = Read(file).Lexicon;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Codes("The budget bills went crazy."), Is.EqualTo(new[] { "utility-insecurity" }));
            Assert.That(Codes("Zilch budget bills went crazy."), Is.Empty);
            Assert.That(Codes("They ran out of food."), Is.EqualTo(new[] { "food-insecurity" }));
            Assert.That(NarrativeSections.Split("Our road ahead: rest", lexicon)[0].Kind, Is.EqualTo("plan"));
        }

        IEnumerable<string> Codes(string text) => NarrativeReading.Read(text, lexicon).Select(finding => finding.Code);
    }

    [TestCase("hungry", 1, "no [section]")]
    [TestCase("[need hunger]\nhungry", 1, "food-insecurity")]
    [TestCase("[symptom hunger]", 1, "breathlessness")]
    [TestCase("[denied before lots]", 1, "1 to 60 words")]
    [TestCase("[heading nonsense]", 1, "follow-up")]
    [TestCase("[need grief]\n\n(very) sad", 3, "begins with a word that must be there")]
    [TestCase("[need grief]\nsad ..3", 2, "does not end with a gap")]
    [TestCase("[need grief]\nsad ..x day", 2, "..1 to ..9")]
    [TestCase("[need grief]\nsad {who}", 2, "no list has the name who")]
    [TestCase("[need grief]\nsad --", 2, "is no word")]
    [TestCase("@sad", 1, "@name = word")]
    public void A_bad_line_stops_the_start_with_its_number(string text, int line, string why)
    {
        File.WriteAllText(file, text);

        Assert.That(() => Read(file), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Programme:Lexicon").And.Message.Contains($"line {line}:").And.Message.Contains(why));
    }

    [Test]
    public void A_file_that_is_not_there_stops_the_start() =>
        Assert.That(() => Read("/no/such/file.txt"), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Programme:Lexicon"));

    private static MappingOptions Read(string path) =>
        MappingOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Programme:Lexicon", path)]).Build());
}
