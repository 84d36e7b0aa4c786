using ChwFhir.Intake.Summaries;

namespace ChwFhir.Tests.Intake.Printed;

internal sealed class When_a_page_is_marked_up
{
    private const string ThePage = """
        <html lang="en"><head><title>After Visit Summary</title><style>p { color: red }</style><script>secretScript()</script></head><body>
        <h1>After Visit Summary</h1>
        <p>Visit date: 11/03/2026<br>Provider: Jane Smith, MD</p>
        <div style="display: none">hiddenOne</div><p hidden>hiddenTwo</p><!-- hiddenThree -->
        <h2>Your Medications</h2>
        <table><tr><th>Medication</th><th>How to take</th><th>Change</th></tr>
        <tr><td>ondansetron 4&nbsp;mg</td><td>1 tablet every 8 hours</td><td>NEW</td></tr>
        <tr><td>metformin 500 mg</td><td>twice daily</td><td>Stopped</td></tr></table>
        <h2>When to call</h2><p><b>Call the nurse line at 555-010-2222 if you have:</b></p>
        <ul><li>Fever</li><li>Bleeding that lasts <em>more</em> than 10 minutes<ul><li>from the nose</li></ul></li></ul>
        <p><b>Diet</b><br>Low salt &amp; sugar</p>
        <h2>Follow-up</h2><ol><li>See Dr. Jane Smith in 2 weeks</li><li>Lab on March 4, 2026</li></ol>
        <img src="http://example.invalid/pixel.png" alt="Map of the clinic">
        </body></html>
        """;

    private static readonly AfterVisitSummary TheSummary = Reading.Good("text/html", ThePage).Summary;

    [Test]
    public void What_it_hides_and_runs_is_dropped() =>
        Assert.That(string.Join(' ', Reading.Words(TheSummary)), Does.Not.Contain("hidden").And.Not.Contain("secretScript").And.Not.Contain("color").And.Contain("Map of the clinic"));

    [Test]
    public void Tables_and_lists_are_clean_text()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(Text("Your Medications"), Is.EqualTo("Medication | How to take | Change\nondansetron 4 mg | 1 tablet every 8 hours | NEW\nmetformin 500 mg | twice daily | Stopped"));
        Assert.That(Text("Call the nurse line at 555-010-2222 if you have"), Is.EqualTo("- Fever\n- Bleeding that lasts more than 10 minutes\n  - from the nose"));
        Assert.That(Text("Diet"), Is.EqualTo("Low salt & sugar"));
        Assert.That(Text("Follow-up"), Does.StartWith("1. See Dr. Jane Smith in 2 weeks\n2. Lab on March 4, 2026"));
    }

    [Test]
    public void A_table_of_medicines_is_read_by_its_head() =>
        Assert.That(TheSummary.Medications, Is.EqualTo(new[]
        {
            new SummaryMedication("ondansetron 4 mg", MedicationChange.Started, "1 tablet every 8 hours"), new SummaryMedication("metformin 500 mg", MedicationChange.Stopped, "twice daily"),
        }));

    [Test]
    public void The_signs_have_the_number_of_their_lead() =>
        Assert.That(TheSummary.WarningSigns.Select(sign => (sign.Action, sign.Phone)).Distinct(), Is.EqualTo(new[] { ((WarningAction?)WarningAction.CallNurseLine, "555-010-2222") }));

    [Test]
    public void Title_and_language_are_the_page_s()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheSummary.Document.Title, Is.EqualTo("After Visit Summary"));
        Assert.That(TheSummary.Document.Language, Is.EqualTo("en"));
        Assert.That(TheSummary.Encounter?.Start, Is.EqualTo("2026-11-03"));
    }

    [Test]
    public void A_table_that_only_arranges_the_page_is_none()
    {
        var summary = Reading.Good("text/html", "<table><tr><td><h2>Diet</h2><p>Low salt</p></td><td><h2>Activity</h2><ul><li>Walk</li></ul></td></tr></table>").Summary;

        Assert.That(summary.Sections, Is.EqualTo(new[] { new SummarySection("Diet", null, "Low salt"), new SummarySection("Activity", null, "- Walk") }));
    }

    [Test]
    public void Markdown_says_the_same()
    {
        var summary = Reading.Good("text/markdown", """
            # After Visit Summary

            **Visit date:** 2026-11-03

            ## Medicines
            - **NEW** ondansetron 4 mg — take one tablet every 8 hours
            - Continue metformin 500 mg twice daily
            - Lisinopril increased to 20 mg daily

            ## Call 911 if
            - you cannot breathe

            ## Appointments

            | Date | With | Phone |
            |------|------|-------|
            | 2026-12-01 | Dr. Smith | 555-010-1111 |
            """).Summary;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(summary.Medications, Is.EqualTo(new[]
        {
            new SummaryMedication("ondansetron 4 mg", MedicationChange.Started, "take one tablet every 8 hours"), new SummaryMedication("metformin 500 mg twice daily", MedicationChange.Continued),
            new SummaryMedication("Lisinopril increased to 20 mg daily", MedicationChange.Changed),
        }));
        Assert.That(summary.WarningSigns, Is.EqualTo(new[] { new WarningSign("you cannot breathe", WarningAction.Call911) }));
        Assert.That(summary.FollowUps.Select(visit => (visit.With, visit.Start, visit.Phone)), Is.EqualTo(new[] { ("Dr. Smith", "2026-12-01", "555-010-1111") }));
        Assert.That(summary.Encounter?.Start, Is.EqualTo("2026-11-03"));
    }

    private static string Text(string title) => TheSummary.Sections.Single(section => section.Title == title).Text;
}
