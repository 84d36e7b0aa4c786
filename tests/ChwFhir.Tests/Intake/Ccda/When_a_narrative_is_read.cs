namespace ChwFhir.Tests.Intake.Ccda;

internal sealed class When_a_narrative_is_read
{
    [TestCase("Rest at home.", "Rest at home.", TestName = "Plain_words")]
    [TestCase("\n   Rest\n   at home.\n\n   Call us.  ", "Rest\nat home.\n\nCall us.", TestName = "Lines_and_paragraphs_of_plain_text_are_kept")]
    [TestCase("<paragraph>Rest.</paragraph><paragraph>Drink   water.</paragraph>", "Rest.\n\nDrink water.", TestName = "Paragraphs_stand_apart")]
    [TestCase("Rest.<br/>Drink.", "Rest.\nDrink.", TestName = "A_break_is_a_line")]
    [TestCase("<list><item>Rest</item><item>Drink</item></list>", "- Rest\n- Drink", TestName = "A_list")]
    [TestCase("Do this:<list listType=\"ordered\"><item>Rest</item><item>Drink<list><item>water</item><item>tea</item></list></item></list>Good luck", "Do this:\n\n1. Rest\n2. Drink\n  - water\n  - tea\n\nGood luck", TestName = "Lists_in_lists")]
    [TestCase("<list><caption>Diet</caption><item><paragraph>No salt</paragraph></item><item><content ID=\"a\">No beer</content></item></list>", "Diet\n- No salt\n- No beer", TestName = "A_list_with_a_caption_and_paragraphs")]
    [TestCase("<table><thead><tr><th>Medicine</th><th>Dose</th></tr></thead><tbody><tr><td>Aspirin</td><td>81 mg</td></tr><tr><td/><td>at night</td></tr><tr><td>Iron</td><td/></tr><tr><td/></tr></tbody></table>", "Medicine | Dose\nAspirin | 81 mg\n| at night\nIron", TestName = "A_table_under_its_header_row")]
    [TestCase("<table><tr><td>a</td><td/><td>c</td></tr></table>", "a | | c", TestName = "An_empty_cell_keeps_its_place")]
    [TestCase("<table><tr><td><paragraph>a</paragraph></td><td><paragraph>b</paragraph></td></tr></table>", "a | b", TestName = "Cells_of_one_paragraph_stay_in_their_row")]
    [TestCase("<table><tr><td>a</td><td>b<br/>c</td><td>d</td></tr></table>", "a | b\nc | d", TestName = "A_break_in_a_cell")]
    [TestCase("<table><tr><td>a</td><td><list><item>b</item><item>c</item></list></td><td>d</td></tr></table>", "a |\n- b\n- c | d", TestName = "A_list_in_a_cell")]
    [TestCase("<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr><tr><td>d</td><td>e</td></tr></table>", "a |\nb | c\nd | e", TestName = "A_table_in_a_cell")]
    [TestCase("<content>Take</content> <content>one</content>", "Take one", TestName = "Content_apart")]
    [TestCase("<content>Aspirin</content><content>81 mg</content>", "Aspirin 81 mg", TestName = "Content_side_by_side_is_not_one_word")]
    [TestCase("<content styleCode=\"Bold\">T</content>ake one", "Take one", TestName = "A_styled_letter_does_not_part_a_word")]
    [TestCase("H<sub>2</sub>O, 4.2 x 10<sup>9</sup>", "H2O, 4.2 x 10^9", TestName = "An_exponent_is_no_digit_more")]
    [TestCase("See <linkHtml href=\"https://example.org/a\">our page</linkHtml> and <linkHtml href=\"#b\">below</linkHtml>", "See our page (https://example.org/a) and below", TestName = "A_link_keeps_its_address")]
    [TestCase("<renderMultiMedia referencedObject=\"M1\"><caption>Your wound</caption></renderMultiMedia>", "[image: M1]\nYour wound", TestName = "An_image_is_told_of")]
    [TestCase("Take <content revised=\"delete\">two</content> <content revised=\"insert\">one</content>", "Take [deleted] two one", TestName = "Struck_out_words_are_marked")]
    [TestCase("a<footnote ID=\"f\">more</footnote>b", "a more b", TestName = "A_footnote_stands_where_it_belongs")]
    [TestCase("1 &lt; 2 <![CDATA[& 3]]><!-- not said --> é", "1 < 2 & 3 é", TestName = "Escapes_and_comments")]
    [TestCase("<div><p>One</p><ul><li>two</li></ul></div><span>three</span>", "One\n\n- two\n\nthree", TestName = "HTML_that_vendors_write")]
    [TestCase("<paragraph>Sat<blink>ur</blink>day</paragraph>", "Saturday", TestName = "Unknown_elements_are_words")]
    public void Its_words_become_clean_text(string narrative, string text)
    {
        var summary = SomeCcda.Of(SomeCcda.Section("48765-2", narrative));

        Assert.That(summary.Sections.Single().Text, Is.EqualTo(text));
    }

    [Test]
    public void Sections_in_sections_come_after_their_own_words_one_level_deeper()
    {
        var inner = SomeCcda.Section("10210-3", "inner", title: "Inner");

        var summary = SomeCcda.Of($"<component><section><title>Outer</title><text>outer</text>{inner}</section></component>{SomeCcda.Section("8716-3", "next", title: "Next")}");

        Assert.That(summary.Sections.Select(section => (section.Title, section.Code, section.Text, section.Level)),
            Is.EqualTo(new[] { ("Outer", null, "outer", 1), ("Inner", "10210-3", "inner", 2), ("Next", "8716-3", "next", 1) }));
    }

    [Test]
    public void A_section_of_an_unknown_kind_is_kept_and_somebody_is_told_where()
    {
        var read = SomeCcda.Read(SomeCcda.Document(SomeCcda.Section("8716-3", "120/80") + SomeCcda.Section("99999-9", "Our own words")));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(read.Summary.Sections[1].Text, Is.EqualTo("Our own words"));
        Assert.That(read.Issues.Select(issue => (issue.Severity, issue.Code, issue.Pointer)), Is.EqualTo(new[] { ("information", "kept-in-text", "/ClinicalDocument/component/structuredBody/component[2]/section") }));
        Assert.That(read.Issues[0].Detail, Does.Contain("99999-9").And.Not.Contain("Our own"));
    }

    [Test]
    public void A_section_without_words_is_told_from_its_entries()
    {
        var read = SomeCcda.Read(SomeCcda.Document("""
            <component><section><templateId root="2.16.840.1.113883.10.20.22.2.4.1" extension="2015-08-01"/>
              <entry><organizer classCode="CLUSTER" moodCode="EVN"><code code="46680005" displayName="Vital signs"/><effectiveTime value="20260410"/>
                <component><observation classCode="OBS" moodCode="EVN"><code code="8480-6" displayName="Systolic"/><statusCode code="completed"/><value xsi:type="PQ" value="120" unit="mm[Hg]"/></observation></component>
              </organizer></entry></section></component>
            """));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(read.Summary.Sections.Single().Text, Is.EqualTo("- Vital signs (2026-04-10)\n  - Systolic: 120 mm[Hg] (completed)"));
        Assert.That(read.Summary.Sections.Single().Code, Is.EqualTo("8716-3"));
        Assert.That(read.Issues.Select(issue => issue.Code), Does.Contain("text-from-entries"));
    }

    [Test]
    public void A_section_with_nothing_in_it_is_still_there() =>
        Assert.That(SomeCcda.Of("<component><section nullFlavor=\"NI\"><code code=\"48765-2\"/><title>Allergies</title><text/></section></component>").Sections.Single(),
            Is.EqualTo(new ChwFhir.Intake.Summaries.SummarySection("Allergies", "48765-2", "[no information]")));
}
