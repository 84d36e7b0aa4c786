using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ChwFhir.Fhir.Model;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

internal sealed partial class When_text_is_hostile
{
    [TestCase("CHW note ref n1/note")]
    [TestCase("chw  NOTE\nref other/note")]
    [TestCase("CHW\u00A0note\u2003ref x")]
    [TestCase("C\u200BH\u200DW n\u00ADote r\u2060ef x/note")]
    [TestCase("CHW <b>note</b> <i>ref</i> x/note")]
    [TestCase("CHW **note** _ref_ x/note")]
    [TestCase("&#67;HW note &#x72;ef x/note")]
    [TestCase("CHW&nbsp;note&ensp;ref x/note")]
    [TestCase("> CHW note\n> ref x/note")]
    [TestCase("\uFF23\uFF28\uFF37 note ref x/note")]
    [TestCase("CHW\n\n- note ref x/note")]
    [TestCase("CHW <CHW note ref x/note >")]
    [TestCase("CHW <a <b>note</b> ref x/note")]
    [TestCase("\U0001D402\u24BD\u24CC n\u043Et\u00E9 r\u212F\u2131 x/note")]
    [TestCase("C&#8203;H&amp;#87; note \\ref x/note")]
    [TestCase("CHW\u0085note\u2028ref x/note")]
    public void No_text_looks_like_the_reference_line_but_the_last(string text)
    {
        var json = JsonSerializer.Serialize(text);
        var mapped = Notes.Map($$"""{ "narrative": {{json}}, "sections": [ { "title": {{json}}, "text": {{json}} } ], "goals": [ { "text": {{json}}, "steps": [ { "text": {{json}} } ] } ], "insights": [ { "text": {{json}} } ] }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Document, Does.EndWith("\nCHW note ref n1/note\n"));
            Assert.That(LinesFound(mapped.Document), Is.EqualTo(1), "plain text");
            Assert.That(LinesFound(WebUtility.HtmlDecode(mapped.Document)), Is.EqualTo(1), "plain text, character references undone");
            Assert.That(LinesFound(mapped.Html()), Is.EqualTo(1), "XHTML");
        }
    }

    [TestCase("c<")]
    [TestCase("c&lt;")]
    [TestCase("CHW note <!-- ")]
    [TestCase("CHW note <b> ref")]
    [TestCase("&amp;")]
    [TestCase("CHW \\note ")]
    public void A_megabyte_of_it_is_looked_through_in_no_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        var began = TimeProvider.System.GetTimestamp();
        ChwFhir.Mapping.Imitations.In(text);
        Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(10)), "a few hundred milliseconds, and leeway");
    }

    [Test]
    public void A_line_feed_in_a_name_or_a_goal_makes_no_line_of_the_services_own()
    {
        const string Text = "x\nCode status in the chart: DNR.\r\n\u2028What the team should know";
        var json = JsonSerializer.Serialize(Text);
        var mapped = Notes.Map($$"""
            { "author": { "reference": "Practitioner/chw-1", "name": {{json}} },
              "goals": [ { "text": {{json}}, "steps": [ { "text": {{json}} } ] } ], "insights": [ { "text": {{json}} } ], "whatMatters": { "text": {{json}}, "worries": {{json}} } }
            """);

        var lines = mapped.Document.ReplaceLineEndings("\n").Split('\n');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Count(line => line.StartsWith("Code status", StringComparison.Ordinal)), Is.Zero, mapped.Document);
            Assert.That(lines.Count(line => line == "What the team should know"), Is.EqualTo(1));
        }
    }

    [TestCase("Code status in the chart: DNR.")]
    [TestCase("Written by Dr. Wu, physician.")]
    [TestCase("x\nCode status in the chart: DNR.\r\n\u2028Written by Dr. Wu, physician.\n\nVisit: none.")]
    public void No_story_or_title_makes_a_line_of_the_services_own(string text)
    {
        var json = JsonSerializer.Serialize(text);
        var mapped = Notes.Map($$"""
            { "narrative": {{json}}, "sections": [ { "title": {{json}}, "text": {{json}} } ], "whatMatters": { "text": {{json}} }, "followUp": { "text": {{json}} },
              "advanceCarePlanning": { "discussed": "yes", "text": {{json}} } }
            """);

        var atMargin = mapped.Document.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("Code status", StringComparison.Ordinal) || line.StartsWith("Written by", StringComparison.Ordinal) || line.StartsWith("Visit:", StringComparison.Ordinal));
        var saidByService = XDocument.Parse(mapped.Html()).Root!.Elements().Single(element => element.Name.LocalName == "body").Elements().Where(element => element.Name.LocalName == "p").Select(element => element.Value);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(atMargin, Has.None.Contains("DNR").And.None.Contains("Wu").And.None.Contains("none."), mapped.Document);
            Assert.That(saidByService, Has.None.Contains("DNR").And.None.Contains("Wu"), "XHTML");
            Assert.That(mapped.Document, Does.Contain("DNR").Or.Contain("Wu"), "what was said is there all the same");
        }
    }

    [Test]
    public void A_title_of_several_lines_is_one_heading()
    {
        var mapped = Notes.Map("""{ "sections": [ { "title": " Home \n\n What the team should know\u2029", "text": "Two steps." } ] }""");

        Assert.That(mapped.Document, Does.Contain("\nHome What the team should know\n  Two steps.\n"));
    }

    [Test]
    public void Words_of_two_parts_do_not_join_into_one()
    {
        var mapped = Notes.Map("""{ "sections": [ { "title": "A", "text": "CHW" }, { "title": "note", "text": "ref x/note" } ] }""");

        Assert.That(LinesFound(mapped.Document), Is.EqualTo(1));
    }

    [TestCase("<script>alert(1)</script>")]
    [TestCase("<img src=x onerror=alert(1)>")]
    [TestCase("[click](javascript:alert(1))")]
    [TestCase("![x](javascript:alert(1))")]
    [TestCase("<javascript:alert(1)>")]
    [TestCase("]]><!--<svg onload=alert(1)>")]
    [TestCase("&lt;script&gt;alert(1)&lt;/script&gt;")]
    [TestCase("```html\n<script>alert(1)</script>\n```")]
    [TestCase("[x]: javascript:alert(1) \"<b>\"\n\n[x]")]
    public void Nothing_of_it_is_markup_in_the_XHTML(string text)
    {
        var json = JsonSerializer.Serialize(text);
        var mapped = Notes.Map($$"""{ "narrative": {{json}}, "sections": [ { "title": {{json}}, "text": {{json}} } ], "goals": [ { "text": {{json}} } ] }""");

        var page = XDocument.Parse(mapped.Html());
        string[] allowed = ["html", "head", "title", "body", "h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "blockquote", "br", "hr", "code", "pre"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Descendants().Select(element => element.Name.LocalName), Is.All.Matches<string>(name => allowed.Contains(name)));
            Assert.That(page.Descendants().SelectMany(element => element.Attributes()).Where(attribute => !attribute.IsNamespaceDeclaration), Is.Empty);
            Assert.That(XDocument.Parse(((CarePlan)mapped.Resources.Single(one => one.Key == "care-plan").Resource).Text!.Div!).Descendants().Select(element => element.Name.LocalName).Distinct(), Is.EquivalentTo(new[] { "div", "p" }));
        }
    }

    [TestCase("3. Take a walk\n4. Rest", "3")]
    [TestCase("0. Take a walk", "0")]
    [TestCase("1. Take a walk", null)]
    [TestCase("- Take a walk", null)]
    public void A_list_begins_with_the_number_that_it_was_written_with(string text, string? start)
    {
        var page = XDocument.Parse(Notes.Map($$"""{ "narrative": {{JsonSerializer.Serialize(text)}} }""").Html());

        Assert.That(page.Descendants().Single(element => element.Name.LocalName is "ol" or "ul").Attributes().Select(attribute => (attribute.Name.LocalName, attribute.Value)), Is.EqualTo(start is null ? [] : new[] { ("start", start) }));
    }

    [Test]
    public void Markdown_nested_out_of_all_reason_is_shown_as_it_was_written()
    {
        var mapped = Notes.Map($$"""{ "narrative": "{{new string('>', 5000)}} deep" }""");

        Assert.That(XDocument.Parse(mapped.Html()).Root!.Value, Does.Contain("deep"));
    }

    /// <summary>As whoever looks for a document does: tags stripped, the unseen dropped, white space folded.</summary>
    private static int LinesFound(string text)
    {
        var plain = Tag().Replace(text, "");
        var seen = string.Concat(plain.Normalize(System.Text.NormalizationForm.FormKC).Where(c => !char.IsControl(c) || char.IsWhiteSpace(c)).Where(c => char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format));
        return Line().Count(Space().Replace(seen, " "));
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex("chw note ref", RegexOptions.IgnoreCase)]
    private static partial Regex Line();
}
