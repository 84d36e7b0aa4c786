using System.Text;
using ChwFhir.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

/// <summary>Hundreds of random notes, with fixed seeds so that a failure comes again.</summary>
internal sealed class Whatever_a_note_says
{
    private const string Own = "n1/note";
    private const string Victim = "chw note ref victim";
    private static readonly string[] MustBeThere = ["goal", "step", "message", "need", "symptom", "insight", "narrative", "section"];

    [Test]
    public void The_document_says_it()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var talk = new SomeTalk(seed);
            var document = Letters(Notes.Map(talk.Note().ToJsonString()).Document);

            foreach (var (kind, text) in talk.Said.Where(one => MustBeThere.Contains(one.Kind)))
                Assert.That(document, Does.Contain(Letters(text)), $"{kind} of the note of seed {seed}");
        }
    }

    [Test]
    public void Its_own_line_is_found_in_every_faithful_rendering()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var mapped = Notes.Map(new SomeTalk(seed).Note().ToJsonString());

            foreach (var (name, text) in Renderings.Faithful(mapped.Document).Append(("XHTML", mapped.Html())))
                Assert.That(ReferenceLine.In(Encoding.UTF8.GetBytes(text), null), Is.EqualTo(Own), $"{name}, seed {seed}");
        }
    }

    [Test]
    public void No_other_line_is_found_in_any_rendering()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var mapped = Notes.Map(new SomeTalk(seed).Note().ToJsonString());

            foreach (var (name, text) in Renderings.Faithful(mapped.Document).Concat(Renderings.Careless(mapped.Document)).Append(("XHTML", mapped.Html())))
            {
                Assert.That(ReferenceLine.In(Encoding.UTF8.GetBytes(text), null), Is.Null.Or.Not.StartsWith("victim"), $"{name}, seed {seed}");
                Assert.That(Renderings.Forgivingly(RenderedText.Read(Encoding.UTF8.GetBytes(text), null)), Does.Not.Contain(Victim), $"{name} with the tags left out, seed {seed}");
                Assert.That(Renderings.Forgivingly(text), Does.Not.Contain(Victim), $"{name}, seed {seed}");
            }
        }
    }

    // The words stay as they were said; only white space, and the dot that parts an imitation, may come between.
    // What turns the direction of writing is no letter, and is left out of what is shown.
    private static string Letters(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter != '\u00B7' && !DirectionSigns.IsOne(letter)));

    [Test]
    public void Nothing_of_it_turns_the_direction_of_what_stands_beside_it()
    {
        using var text = new RentedText();
        DirectionSigns.Append(text, "call \u202E555\u202C-\u20660118\u2069 \u200Fא\u2019s");

        Assert.That(text.ToString(), Is.EqualTo("call 555-0118 \u200Fא\u2019s"));
        Assert.That(DirectionSigns.FreeHtml("a&#x202E;b\u2066c&#x2019;"), Is.EqualTo("abc&#x2019;"));
    }
}
