using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping.Summaries;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping.Summaries;

internal sealed class When_a_summary_says_very_much
{
    [Test]
    public void What_stands_in_the_text_is_found_across_its_lines_whatever_the_case()
    {
        using var said = new SaidWords([new SummarySection("Diet", null, "Low\n  salt."), new SummarySection(null, null, "Wàlk daily")]);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(said.Contain("low SALT"), Is.True);
        Assert.That(said.Contain("salt. walk"), Is.True, "sections are one text");
        Assert.That(said.Contain("low sugar"), Is.False);
    }

    [Test]
    public void Looking_for_thousands_of_parts_in_megabytes_ends_and_the_rest_is_said_once_more()
    {
        using var said = new SaidWords([new SummarySection(null, null, new string('a', 10_000_000) + " walk daily")]);

        var found = Enumerable.Range(0, 1_000).Select(_ => said.Contain("walk daily")).ToList();

        using var scope = Assert.EnterMultipleScope();
        Assert.That(found[0], Is.True);
        Assert.That(found.Count(one => one), Is.InRange(10, 60), "what was not looked for counts as not said, and so nothing is lost");
    }
}
