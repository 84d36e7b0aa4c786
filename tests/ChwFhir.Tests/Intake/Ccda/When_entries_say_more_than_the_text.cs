using ChwFhir.Intake.Summaries;

namespace ChwFhir.Tests.Intake.Ccda;

internal sealed class When_entries_say_more_than_the_text
{
    private const string T = "2.16.840.1.113883.10.20.22.4.";

    private static string Medication(string inner, string attributes = "") => $"""
        <entry><substanceAdministration classCode="SBADM" moodCode="EVN" {attributes}><templateId root="{T}16"/>{inner}
          <consumable><manufacturedProduct><manufacturedMaterial><code code="197380" codeSystem="2.16.840.1.113883.6.88" displayName="atenolol 25 MG Oral Tablet"/></manufacturedMaterial></manufacturedProduct></consumable>
        </substanceAdministration></entry>
        """;

    private static SummaryMedication? Read(string entry, string text = "x") => SomeCcda.Of(SomeCcda.Section("10160-0", text, entry)).Medications.SingleOrDefault();

    [Test]
    public void A_medicine_has_its_code_dates_state_and_how_to_take_it()
    {
        var medication = Read(Medication("""
            <statusCode code="active"/><effectiveTime xsi:type="IVL_TS"><low value="20260101"/></effectiveTime>
            <effectiveTime xsi:type="PIVL_TS" operator="A"><period value="12" unit="h"/></effectiveTime><routeCode displayName="by mouth"/><doseQuantity value="1"/>
            """));

        Assert.That(medication, Is.EqualTo(new SummaryMedication("atenolol 25 MG Oral Tablet", null, "1, by mouth, every 12 hours",
            new DocumentCode("http://www.nlm.nih.gov/research/umls/rxnorm", "197380", "atenolol 25 MG Oral Tablet"), "active", "2026-01-01", null)));
    }

    [Test]
    public void The_free_text_sig_wins_over_the_parts_and_what_the_patient_was_told_is_added()
    {
        var medication = Read(Medication($"""
            <doseQuantity value="1"/>
            <entryRelationship typeCode="COMP"><substanceAdministration classCode="SBADM" moodCode="INT"><templateId root="{T}147"/><code code="76662-6"/><text><reference value="#sig"/></text></substanceAdministration></entryRelationship>
            <entryRelationship typeCode="SUBJ" inversionInd="true"><act classCode="ACT" moodCode="INT"><templateId root="{T}20"/><text>Take with food</text></act></entryRelationship>
            """), "<content ID=\"sig\">One tablet twice a day</content>");

        Assert.That(medication?.Instructions, Is.EqualTo("One tablet twice a day. Take with food"));
    }

    [TestCase("<statusCode code=\"active\"/>", "active")]
    [TestCase("<statusCode code=\"aborted\"/>", "stopped")]
    [TestCase("<statusCode code=\"suspended\"/>", "on-hold")]
    [TestCase("<statusCode code=\"completed\"/>", null, TestName = "R1_1_writes_completed_of_what_is_still_taken")]
    [TestCase("<statusCode code=\"completed\"/><effectiveTime xsi:type=\"IVL_TS\"><low value=\"20260101\"/><high value=\"20260201\"/></effectiveTime>", "completed")]
    [TestCase("<statusCode code=\"completed\"/><entryRelationship typeCode=\"REFR\"><observation><code code=\"33999-4\"/><value xsi:type=\"CE\" code=\"55561003\"/></observation></entryRelationship>", "active")]
    [TestCase("", null)]
    public void A_medicines_state_is_said_only_where_the_entry_says_it(string inner, string? status) => Assert.That(Read(Medication(inner))?.Status, Is.EqualTo(status));

    [Test]
    public void A_medicine_that_is_not_taken_is_none() => Assert.That(Read(Medication("", "negationInd=\"true\"")), Is.Null);

    private static string Problem(string value, string inner = "", string attributes = "", string concern = "") => $"""
        <entry><act classCode="ACT" moodCode="EVN"><templateId root="{T}3"/><code code="CONC"/>{concern}<entryRelationship typeCode="SUBJ">
          <observation classCode="OBS" moodCode="EVN" {attributes}><templateId root="{T}4"/><code code="55607006"/>{inner}{value}</observation></entryRelationship></act></entry>
        """;

    private const string Asthma = "<value xsi:type=\"CD\" code=\"195967001\" codeSystem=\"2.16.840.1.113883.6.96\" displayName=\"Asthma\"/>";

    private static IReadOnlyList<SummaryDiagnosis> Problems(string entries, string text = "x") => SomeCcda.Of(SomeCcda.Section("11450-4", text, entries)).Diagnoses;

    [Test]
    public void A_problem_has_its_code_and_onset() =>
        Assert.That(Problems(Problem(Asthma, "<effectiveTime><low value=\"2019\"/></effectiveTime>", concern: "<statusCode code=\"active\"/>")),
            Is.EqualTo(new[] { new SummaryDiagnosis("Asthma", new DocumentCode("http://snomed.info/sct", "195967001", "Asthma"), "active", "2019") }));

    [TestCase("", "<statusCode code=\"completed\"/>", "inactive")]
    [TestCase("<effectiveTime><low value=\"2019\"/><high value=\"2020\"/></effectiveTime>", "<statusCode code=\"active\"/>", "resolved")]
    [TestCase("<entryRelationship><observation><templateId root=\"2.16.840.1.113883.10.20.22.4.6\"/><value xsi:type=\"CD\" code=\"413322009\"/></observation></entryRelationship>", "<statusCode code=\"active\"/>", "resolved")]
    [TestCase("", "", null)]
    public void A_problems_state_is_what_is_observed_of_it_else_its_end_else_its_concern(string inner, string concern, string? status) =>
        Assert.That(Problems(Problem(Asthma, inner, concern: concern)).Single().Status, Is.EqualTo(status));

    [Test]
    public void A_reference_alone_is_resolved_in_the_narrative() =>
        Assert.That(Problems(Problem("<value xsi:type=\"CD\" nullFlavor=\"OTH\"><originalText><reference value=\"#p1\"/></originalText><translation code=\"J45.909\" codeSystem=\"2.16.840.1.113883.6.90\"/></value>"),
                "<list><item ID=\"p1\">Asthma since childhood</item></list>"),
            Is.EqualTo(new[] { new SummaryDiagnosis("Asthma since childhood", new DocumentCode("http://hl7.org/fhir/sid/icd-10-cm", "J45.909", null), null, null) }));

    [Test]
    public void The_same_problem_twice_is_one() => Assert.That(Problems(Problem(Asthma) + Problem(Asthma)), Has.Count.EqualTo(1));

    [TestCase("<value xsi:type=\"CD\" code=\"55607006\" codeSystem=\"2.16.840.1.113883.6.96\" displayName=\"Problem\"/>", "negationInd=\"true\"")]
    [TestCase(Asthma, "negationInd=\"true\"")]
    [TestCase("<value xsi:type=\"CD\" code=\"160245001\" codeSystem=\"2.16.840.1.113883.6.96\" displayName=\"No current problems or disability\"/>", "")]
    [TestCase("<value xsi:type=\"CD\" code=\"55607006\" codeSystem=\"2.16.840.1.113883.6.96\" displayName=\"Problem\"/>", "")]
    [TestCase("<value xsi:type=\"CD\" nullFlavor=\"NI\"/>", "")]
    public void What_is_negated_unknown_or_none_is_no_finding_and_is_told(string value, string attributes)
    {
        var read = SomeCcda.Read(SomeCcda.Document(SomeCcda.Section("11450-4", "No problems", Problem(value, attributes: attributes))));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(read.Summary.Diagnoses, Is.Empty);
        Assert.That(read.Issues.Select(issue => issue.Code), Does.Contain("kept-in-text"));
    }

    private static AfterVisitSummary Plan(string entries, string text = "x") => SomeCcda.Of(SomeCcda.Section("18776-5", text, entries));

    [Test]
    public void A_planned_encounter_is_an_appointment_with_whom_when_and_which_phone()
    {
        var plan = Plan($"""
            <entry><encounter classCode="ENC" moodCode="INT"><templateId root="{T}40"/><code code="185349003" displayName="Check-up"/><effectiveTime value="202605011000-0500"/>
              <performer><assignedEntity><telecom value="tel:555-0102"/><assignedPerson><name><given>Case</given><family>James</family></name></assignedPerson></assignedEntity></performer></encounter></entry>
            """);

        Assert.That(plan.FollowUps, Is.EqualTo(new[] { new SummaryFollowUp("Check-up", "Case James", "2026-05-01T10:00:00-05:00", "555-0102") }));
    }

    [TestCase("<observation classCode=\"OBS\" moodCode=\"RQO\"><templateId root=\"2.16.840.1.113883.10.20.22.4.44\"/><code code=\"24331-1\" displayName=\"Lipid panel\"/><effectiveTime value=\"20260601\"/></observation>", "Lipid panel")]
    [TestCase("<procedure classCode=\"PROC\" moodCode=\"RQO\"><templateId root=\"2.16.840.1.113883.10.20.22.4.41\"/><code code=\"73761001\" displayName=\"Colonoscopy\"/><effectiveTime value=\"20260601\"/></procedure>", "Colonoscopy")]
    [TestCase("<act classCode=\"ACT\" moodCode=\"INT\"><code code=\"1\"><originalText>Walk daily</originalText></code><effectiveTime><low value=\"20260601\"/></effectiveTime></act>", "Walk daily")]
    [TestCase("<supply classCode=\"SPLY\" moodCode=\"INT\"><templateId root=\"2.16.840.1.113883.10.20.22.4.43\"/><effectiveTime value=\"20260601\"/><product><manufacturedProduct><manufacturedMaterial><code displayName=\"Walker\"/></manufacturedMaterial></manufacturedProduct></product></supply>", "Walker")]
    public void What_else_is_planned_has_its_date(string entry, string text) =>
        Assert.That(Plan($"<entry>{entry}</entry>").FollowUps, Is.EqualTo(new[] { new SummaryFollowUp(text, null, "2026-06-01", null, FollowUpKind.Planned) }));

    [Test]
    public void What_is_planned_without_a_code_is_said_by_its_reason() =>
        Assert.That(Plan($"<entry><encounter classCode=\"ENC\" moodCode=\"INT\"><templateId root=\"{T}40\"/><entryRelationship typeCode=\"RSON\"><observation><code/><text>See the practice on July 1</text></observation></entryRelationship></encounter></entry>").FollowUps,
            Is.EqualTo(new[] { new SummaryFollowUp("See the practice on July 1") }));

    [Test]
    public void More_of_a_kind_than_anybody_has_stays_in_the_text_and_that_is_told()
    {
        var read = SomeCcda.Read(SomeCcda.Document(SomeCcda.Section("11450-4", "x", string.Concat(Enumerable.Range(1, 1_002).Select(i => Problem($"<value xsi:type=\"CD\" code=\"{i}\" displayName=\"P{i}\"/>"))))));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(read.Summary.Diagnoses, Has.Count.EqualTo(1_000));
        Assert.That(read.Issues.Single().Detail, Does.StartWith("2 entries beyond the first 1000"));
    }

    [Test]
    public void A_concern_that_points_nowhere_is_told()
    {
        var read = SomeCcda.Read(SomeCcda.Document(SomeCcda.Section("75310-3", "x", $"<entry><act><templateId root=\"{T}132\"/><code code=\"75310-3\"/><entryRelationship><act><id root=\"1.2.3\" extension=\"9\"/></act></entryRelationship></act></entry>")));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(read.Summary.Concerns, Is.Empty);
        Assert.That(read.Issues.Single().Pointer, Is.EqualTo("/ClinicalDocument/component/structuredBody/component[1]/section/entry[1]"));
    }

    [TestCase("codeSystemName=\"SNOMED-CT\"", "http://snomed.info/sct")]
    [TestCase("codeSystem=\"1.2.3.4\"", "urn:oid:1.2.3.4")]
    [TestCase("codeSystem=\"ours\"", null)]
    public void A_code_system_is_a_URI_or_nothing(string system, string? uri) =>
        Assert.That(Problems(Problem($"<value xsi:type=\"CD\" code=\"1\" displayName=\"A\" {system}/>")).Single().Code, Is.EqualTo(new DocumentCode(uri, "1", "A")));

    [TestCase("<statusCode code=\"cancelled\"/>", "RQO")]
    [TestCase("", "EVN")]
    public void What_is_cancelled_or_has_happened_is_no_plan(string status, string mood) =>
        Assert.That(Plan($"<entry><procedure classCode=\"PROC\" moodCode=\"{mood}\"><templateId root=\"{T}41\"/><code displayName=\"Colonoscopy\"/>{status}</procedure></entry>").FollowUps, Is.Empty);

    [Test]
    public void Nothing_is_concluded_from_the_words_of_a_plan_and_that_is_told()
    {
        var read = SomeCcda.Read(SomeCcda.Document(SomeCcda.Section("51847-2", "Come back on May 1 and stop smoking.")));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(read.Summary.FollowUps, Is.Empty);
        Assert.That(read.Issues.Single().Detail, Does.Contain("assessment and plan").And.Contain("nothing is concluded"));
    }

    [TestCase("<value xsi:type=\"ST\">Walk 30 minutes a day</value>", "Walk 30 minutes a day")]
    [TestCase("<value xsi:type=\"PQ\" value=\"80\" unit=\"kg\"/>", "Body weight: 80 kg")]
    [TestCase("<value xsi:type=\"IVL_PQ\"><high value=\"80\" unit=\"kg\"/></value>", "Body weight: at most 80 kg")]
    [TestCase("", "Body weight")]
    public void A_goal_says_code_and_value_and_when(string value, string text)
    {
        var summary = SomeCcda.Of(SomeCcda.Section("61146-7", "x", $"<entry><observation classCode=\"OBS\" moodCode=\"GOL\"><templateId root=\"{T}121\"/><code code=\"29463-7\" displayName=\"Body weight\"/><effectiveTime><low value=\"20260401\"/><high value=\"20261001\"/></effectiveTime>{value}</observation></entry>"));

        Assert.That(summary.Goals, Is.EqualTo(new[] { new SummaryGoal(text, "2026-04-01", "2026-10-01") }));
    }

    [TestCase("20261001", null, "2026-10-01", TestName = "A_goals_only_time_is_when_it_is_due_if_it_is_ahead")]
    [TestCase("20260101", "2026-01-01", null, TestName = "A_goals_only_time_is_its_start_if_it_is_past")]
    public void A_goals_only_time(string time, string? start, string? due) =>
        Assert.That(Plan($"<entry><observation classCode=\"OBS\" moodCode=\"GOL\"><code displayName=\"Weight loss\"/><effectiveTime value=\"{time}\"/></observation></entry>").Goals.Single(), Is.EqualTo(new SummaryGoal("Weight loss", start, due)));

    [Test]
    public void A_health_concern_is_what_is_observed_in_it_or_the_problem_that_it_points_at()
    {
        var summary = SomeCcda.Of(SomeCcda.Section("75310-3", "x", $"""
            <entry><act classCode="ACT" moodCode="EVN"><templateId root="{T}132"/><code code="75310-3"/><statusCode code="active"/><entryRelationship typeCode="REFR"><observation><templateId root="{T}4"/>
              <value xsi:type="CD" code="733423003" codeSystem="2.16.840.1.113883.6.96" displayName="Food insecurity"/></observation></entryRelationship></act></entry>
            <entry><act classCode="ACT" moodCode="EVN"><templateId root="{T}132"/><code code="75310-3"/><entryRelationship typeCode="REFR"><act><templateId root="{T}122"/><id root="2.16.840.1.113883.19.7" extension="P1"/></act></entryRelationship></act></entry>
            """) + SomeCcda.Section("11450-4", "x", Problem(Asthma, "<id root=\"2.16.840.1.113883.19.7\" extension=\"P1\"/>")));

        Assert.That(summary.Concerns, Is.EqualTo(new[]
        {
            new SummaryConcern("Food insecurity", new DocumentCode("http://snomed.info/sct", "733423003", "Food insecurity"), "active"),
            new SummaryConcern("Asthma", new DocumentCode("http://snomed.info/sct", "195967001", "Asthma")),
        }));
    }

    [Test]
    public void An_instruction_is_told_under_what_its_code_calls_it() =>
        Assert.That(Plan($"<entry><act classCode=\"ACT\" moodCode=\"INT\"><templateId root=\"{T}20\"/><code code=\"311401005\" displayName=\"Patient education\"/><text><reference value=\"#i\"/></text></act></entry>", "<paragraph ID=\"i\">Keep the wound dry</paragraph>").Instructions,
            Is.EqualTo(new[] { new SummaryInstruction("Patient education", "Keep the wound dry") }));

    [Test]
    public void Discharge_instructions_are_instructions_under_their_title() =>
        Assert.That(SomeCcda.Of(SomeCcda.Section("8653-8", "<list><item>Rest</item><item>Drink</item></list>", title: "At home")).Instructions, Is.EqualTo(new[] { new SummaryInstruction("At home", "- Rest\n- Drink") }));

    [TestCase("None")]
    [TestCase("No Information")]
    [TestCase("No instructions recorded")]
    public void A_section_that_says_none_gives_no_instruction(string words) => Assert.That(SomeCcda.Of(SomeCcda.Section("69730-0", words)).Instructions, Is.Empty);

    [Test]
    public void An_instruction_not_to_do_something_is_one() => Assert.That(SomeCcda.Of(SomeCcda.Section("69730-0", "No medication until the MRI")).Instructions, Has.Count.EqualTo(1));

    [Test]
    public void A_result_that_is_not_there_yet_is_pending()
    {
        var summary = SomeCcda.Of(SomeCcda.Section("30954-2", "x", $"""
            <entry><organizer classCode="BATTERY" moodCode="EVN"><templateId root="{T}1"/><code displayName="Blood culture"/><statusCode code="active"/></organizer></entry>
            <entry><organizer classCode="BATTERY" moodCode="EVN"><templateId root="{T}1"/><code displayName="Blood count"/><statusCode code="completed"/></organizer></entry>
            """));

        Assert.That(summary.PendingTests, Is.EqualTo(new[] { new PendingTest("Blood culture") }));
    }

    [Test]
    public void Diagnoses_of_the_visit_count_and_those_of_earlier_visits_are_history()
    {
        var encounter = (string day, string code) => $"""
            <entry><encounter classCode="ENC" moodCode="EVN"><templateId root="{T}49"/><code displayName="Visit"/><effectiveTime value="{day}"/><entryRelationship><act><templateId root="{T}80"/><entryRelationship typeCode="SUBJ">
              <observation><templateId root="{T}4"/><value xsi:type="CD" code="{code}" displayName="Finding {code}"/></observation></entryRelationship></act></entryRelationship></encounter></entry>
            """;

        var read = SomeCcda.Read(SomeCcda.Document(SomeCcda.Section("46240-8", "x", encounter("20260410", "1") + encounter("20200101", "2"))));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(read.Summary.Diagnoses.Select(diagnosis => diagnosis.Text), Is.EqualTo(new[] { "Finding 1" }));
        Assert.That(read.Issues.Select(issue => issue.Pointer), Does.Contain("/ClinicalDocument/component/structuredBody/component[1]/section/entry[2]"));
    }
}
