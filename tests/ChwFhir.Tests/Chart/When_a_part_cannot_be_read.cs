using ChwFhir.Access;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Tests.Chart;

public sealed class When_a_part_cannot_be_read
{
    [TestCase(403, "not-allowed")]
    [TestCase(401, "not-allowed")]
    [TestCase(404, "not-offered")]
    [TestCase(500, "no-answer")]
    [TestCase(503, "no-answer")]
    public async Task It_is_named_and_keeps_no_other_away(int status, string why)
    {
        var overview = await new TheChart().With(SomeResource.Patient(), SomeResource.Condition("htn", "Hypertension")).Refuses("RelatedPerson", status).ReadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(overview.Unavailable.Where(one => one.Part == "caregivers"), Is.EqualTo(new[] { new ChwFhir.Chart.Unavailable("caregivers", "RelatedPerson", why) }));
            Assert.That(overview.Problems.Single().Text, Is.EqualTo("Hypertension"));
            Assert.That(overview.Person!.Name, Is.EqualTo("Rosa Elena Maldonado"));
        }
    }

    [Test]
    public async Task A_silent_EHR_leaves_what_the_service_itself_holds()
    {
        var chart = new TheChart();
        foreach (var type in (string[])["Patient", "RelatedPerson", "CareTeam", "EpisodeOfCare", "Condition", "MedicationRequest", "MedicationStatement", "AllergyIntolerance", "Appointment", "Encounter", "DocumentReference", "Consent", "Observation", "ServiceRequest", "Task", "Goal", "CarePlan"])
            chart.IsSilentOn(type);

        var overview = await chart.ReadAsync(notes: [TheVisit.On(TheChart.Now.AddDays(-3), with: note => note with { FollowUp = new ChwFhir.Intake.FollowUp { Ask = ["did the gas company call"] } })]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(overview.Ask.Single().Text, Is.EqualTo("did the gas company call"));
            Assert.That(overview.Unavailable.Select(one => one.Part).Distinct(), Is.EquivalentTo(new[] { "person", "caregivers", "careTeam", "programmes", "problems", "medicines", "allergies", "appointments", "hospitalStays", "summaries", "advanceDirectives", "referrals", "changed" }));
            Assert.That(overview.Unavailable.Select(one => one.Why).Distinct(), Is.EqualTo(new[] { "no-answer" }));
        }
    }

    [Test]
    public async Task What_an_EHR_does_not_know_beside_another_way_takes_nothing_away()
    {
        var overview = await new TheChart().With(SomeResource.Patient(), SomeResource.Medicine("m", "aspirin")).Refuses("MedicationStatement", 404).Refuses("EpisodeOfCare", 404).ReadAsync();

        Assert.That(overview.Unavailable.Where(one => one.Part is "medicines" or "programmes"), Is.Empty);
    }

    [Test]
    public async Task An_EHR_that_wants_a_category_gets_it()
    {
        var chart = new TheChart { Wants = ("Condition", "category") }.With(SomeResource.Condition("htn", "Hypertension"));

        var overview = await chart.ReadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(overview.Problems.Single().Text, Is.EqualTo("Hypertension"));
            Assert.That(overview.Unavailable.Where(one => one.Part == "problems"), Is.Empty);
        }
    }

    [Test]
    public async Task More_than_a_few_pages_are_not_all()
    {
        var chart = new TheChart { Page = 2 }.With([.. Enumerable.Range(0, 13).Select(number => SomeResource.Condition($"c{number}", $"Problem {number}"))]);

        var overview = await chart.ReadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(overview.Problems, Has.Count.EqualTo(10));
            Assert.That(overview.Unavailable, Does.Contain(new ChwFhir.Chart.Unavailable("problems", "Condition", "partly")));
        }
    }

    [Test]
    public async Task What_is_restricted_is_withheld_from_a_CHW_and_said_to_be()
    {
        var chart = new TheChart().With(SomeResource.Condition("a", "Hypertension"), SomeResource.Condition("b", "Secret", more: ""","meta":{"security":[{"code":"R"}]} """));

        var overview = await chart.ReadAsync();
        var clinicians = await chart.ReadAsync(TheChart.Somebody(Role.Clinician));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(overview.Problems.Select(one => one.Text), Is.EqualTo(new[] { "Hypertension" }));
            Assert.That(overview.Unavailable, Does.Contain(new ChwFhir.Chart.Unavailable("problems", "Condition", "withheld")));
            Assert.That(clinicians.Problems, Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task By_the_services_own_token_the_restricted_is_withheld_whoever_reads()
    {
        var chart = new TheChart().With(SomeResource.Condition("b", "Secret", more: ""","meta":{"security":[{"code":"R"}]} """));
        var reading = chart.Charts().Open(chart.Eyes(TheChart.Somebody(Role.SocialWorker), alwaysWithholds: true), TheChart.Patient);

        var found = await reading.SearchAsync<Condition>(ChwFhir.Chart.ChartQuestions.Conditions);

        Assert.That((found.Items.Count, found.Missing.Single().Why), Is.EqualTo((0, ChwFhir.Chart.Unread.Withheld)));
    }

    [Test]
    public async Task What_is_another_patients_is_not_believed()
    {
        var overview = await new TheChart().With(SomeResource.Condition("mine", "Hypertension"), SomeResource.Of("Condition", "theirs", """ "clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"Theirs"},"subject":{"reference":"Patient/walter"} """)).ReadAsync();

        Assert.That(overview.Problems.Select(one => one.Text), Is.EqualTo(new[] { "Hypertension" }));
    }

    [Test]
    public async Task A_reference_to_another_server_is_not_followed()
    {
        var chart = new TheChart().With(SomeResource.Of("CareTeam", "t", """ "status":"active","subject":{"reference":"Patient/rosa"},"participant":[{"member":{"reference":"https://elsewhere.example/Practitioner/x","display":"Dr. Far"}}] """));

        var overview = await chart.ReadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(overview.CareTeam.Single().Name, Is.EqualTo("Dr. Far"));
            Assert.That(chart.Asked, Has.None.Contains("Practitioner/x"));
        }
    }
}
