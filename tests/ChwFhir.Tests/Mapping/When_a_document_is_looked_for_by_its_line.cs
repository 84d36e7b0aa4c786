using System.Text;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

internal sealed class When_a_document_is_looked_for_by_its_line
{
    private const string Note = "visit.2026-11-03_a";

    private const string Rtf = """
        {\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Segoe UI;}}{\colortbl;\red0\green0\blue0;}{\*\generator Some EHR;}{\info{\author CHW note ref other/note}}
        \viewkind4\uc1\pard\f0\fs18 Written by Dolores, community health worker.\par
        \b What the team should know\b0\par
        - caf\'e9, \u8220?she said\u8221?, 2 \{two\} bags\par
        \par CHW note
         ref \i visit.2026-11-03\i0\'5fa/note\par}
        """;

    [TestCase("Written by …\n\nCHW note ref visit.2026-11-03_a/note\n")]
    [TestCase("Written by …\r\n\r\nCHW note\r\n  ref visit.2026-11-03_a/note")]
    [TestCase("""<div class="fmtConv"><span>Written by</span><br/><span>CHW note&nbsp;ref</span>  <span>visit.2026-11-03_a/note</span></div><!-- end -->""")]
    [TestCase("""<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>CHW note ref <b>visit.2026-11-03_a</b>/note</p><p>Electronically signed by somebody.</p></body></html>""")]
    [TestCase(Rtf)]
    [TestCase("CHW note ref other/note was said before.\nCHW note ref visit.2026-11-03_a/note")]
    public void It_is_found_however_the_server_renders_it(string rendered)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReferenceLine.IsIn(rendered, Note, "note"), Is.True, RenderedText.Read(Encoding.UTF8.GetBytes(rendered), null));
            Assert.That(ReferenceLine.IsIn(rendered, Note, "message/m1"), Is.False);
            Assert.That(ReferenceLine.IsIn(rendered, "other", "note"), Is.False);
        }
    }

    [TestCase("CHW note ref visit.2026-11-03_a/note.2")]
    [TestCase("CHW note ref xvisit.2026-11-03_a/note")]
    [TestCase("CHW note ref visit.2026-11-03_a")]
    [TestCase("CHW note ref visit.2026-11-03_a/note\nwas copied into CHW note ref other/note")]
    [TestCase("<p>CHW note <style>not</style> ref visit.2026-11-03_a/note</p>")]
    [TestCase("<p>CHW note <!-- not --> ref visit.2026-11-03_a/note</p>")]
    [TestCase("""<p title="CHW note ref visit.2026-11-03_a/note">x</p>""")]
    [TestCase("""{\rtf1 CHW note {\*\x }{\v not }ref visit.2026-11-03_a/note}""")]
    [TestCase("")]
    public void Another_documents_line_is_not_taken_for_it(string rendered) => Assert.That(ReferenceLine.IsIn(rendered, Note, "note"), Is.False);

    [TestCase("text/html", "<p>CHW note ref n/note</p>")]
    [TestCase("text/html; charset=iso-8859-1", "caf\u00E9<p>CHW note ref n/note</p>")]
    [TestCase("application/octet-stream", "CHW note ref n/note")]
    [TestCase(null, "\uFEFF  <!DOCTYPE html><p>CHW note ref n/note</p>")]
    public void Content_types_and_encodings_are_as_servers_send_them(string? contentType, string rendered)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReferenceLine.IsIn(Encoding.UTF8.GetBytes(rendered), contentType, "n", "note"), Is.True);
            Assert.That(ReferenceLine.IsIn(Encoding.Latin1.GetBytes(rendered.TrimStart('\uFEFF')), contentType, "n", "note"), Is.True, "Latin-1");
            Assert.That(ReferenceLine.IsIn([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(rendered.TrimStart('\uFEFF'))], contentType, "n", "note"), Is.True, "UTF-16");
        }
    }

    [Test]
    public void A_page_nested_out_of_all_reason_is_read_all_the_same() =>
        Assert.That(ReferenceLine.IsIn(string.Concat(Enumerable.Repeat("<div>", 20_000)) + "CHW note ref n/note", "n", "note"), Is.True);

    [Test]
    public void A_sample_finds_itself_in_both_its_renditions()
    {
        foreach (var name in Samples.Names)
        {
            var (note, mapped) = (Samples.Read(name).Note, Samples.Map(name));

            var document = mapped.The<DocumentReference>("note");
            Assert.That(document.Content.Select(content => ReferenceLine.In(content.Attachment!.Data, content.Attachment.ContentType)), Is.All.EqualTo($"{note.Id}/note"), name);
        }
    }
}
