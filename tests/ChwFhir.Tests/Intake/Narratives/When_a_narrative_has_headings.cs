using ChwFhir.Intake.Narratives;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Intake.Narratives;

internal sealed class When_a_narrative_has_headings
{
    [TestCase("S: Tired. O: BP 142/91. A: Needs rest. P: Call Friday.", "S=Tired.|O=BP 142/91.|A=Needs rest.|P=Call Friday.")]
    [TestCase("S: Tired.\nO: BP 142/91.\nA/P: Needs rest.", "S=Tired.|O=BP 142/91.|A/P=Needs rest.")]
    [TestCase("D: She cried.\nA: Low mood.\nP: Call nurse.", "D=She cried.|A=Low mood.|P=Call nurse.")]
    [TestCase("B: quiet\nI: listened\nR: thankful\nP: next week", "B=quiet|I=listened|R=thankful|P=next week")]
    [TestCase("Subjective: tired\n\nPlan - call on Friday", "Subjective=tired|Plan=call on Friday")]
    [TestCase("## What happened\nWe talked.\n## Next steps\nCall.", "What happened=We talked.|Next steps=Call.")]
    [TestCase("**Housing:** stable\n**Food**\nno milk", "Housing=stable|Food=no milk")]
    [TestCase("Came at 3:30.\nHOME ENVIRONMENT\nClean.", "=Came at 3:30.|HOME ENVIRONMENT=Clean.")]
    [TestCase("Subjetivo: cansada\nEvaluaci\u00F3n: necesita ayuda\nPlan: llamar", "Subjetivo=cansada|Evaluaci\u00F3n=necesita ayuda|Plan=llamar")]
    [TestCase("DIAGNOSIS: , weakness.,SUBJECTIVE:  ,The patient is tired.,PLAN: rest", "DIAGNOSIS=, weakness.,|SUBJECTIVE=,The patient is tired.,|PLAN=rest")]
    [TestCase("SUBJECTIVE\nHPI: tired", "SUBJECTIVE \u2013 HPI=tired")]
    [TestCase("P: 72\nR: 16\nT: 98.6", "=P: 72\nR: 16\nT: 98.6")]
    [TestCase("Tel: 555-0100, call after 3:30 pm.\nMet Dr. Ruiz 11/03.", "=Tel: 555-0100, call after 3:30 pm.\nMet Dr. Ruiz 11/03.")]
    [TestCase("She has a plan: to move out.", "=She has a plan: to move out.")]
    [TestCase("We spoke.\nPlan:", "=We spoke.|=Plan:")]
    [TestCase("", "")]
    public void It_is_read_in_sections(string narrative, string expected) =>
        Assert.That(string.Join("|", NarrativeSections.Split(narrative, Lexicon.Default).Where(section => section.Length > 0).Select(section => $"{section.Title}={narrative.Substring(section.Start, section.Length)}")), Is.EqualTo(expected));

    [Test]
    public void They_are_headings_of_the_document()
    {
        var document = Mapping.Notes.Map("""{ "narrative": "Met at 3:30 pm.\n\nSubjective: Tired, phone 555-0100.\nPlan: call on 11/17." }""").Document;

        Assert.That(document, Does.Contain("\nThe visit in the CHW's words\n  Met at 3:30 pm.\n\nSubjective\n  Tired, phone 555-0100.\n\nPlan\n  call on 11/17.\n"));
    }

    [Test]
    public void Every_word_of_real_notes_is_kept()
    {
        var notes = Directory.EnumerateFiles(Needs.TestData("notes"), "*.txt", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();

        foreach (var note in notes)
        {
            var sections = NarrativeSections.Split(note, Lexicon.Default);
            var kept = string.Join(" ", sections.Select(section => $"{section.Title} {note.Substring(section.Start, section.Length)}"));
            Assert.That(Words(kept), Is.EqualTo(Words(note)));
        }

        Assert.That(notes, Has.Count.GreaterThan(40));
        Assert.That(notes.Count(note => NarrativeSections.Split(note, Lexicon.Default).Count > 1), Is.GreaterThan(10));
    }

    private static string Words(string text) => WordFolding.Line(text);
}
