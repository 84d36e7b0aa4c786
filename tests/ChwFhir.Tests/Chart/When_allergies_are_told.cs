namespace ChwFhir.Tests.Chart;

public sealed class When_allergies_are_told
{
    [TestCase("716186003", "No known allergies", "no-known")]
    [TestCase("160244002", "NKA", "no-known")]
    [TestCase("1631000175102", "Not on File", "not-asked")]
    [TestCase("409137002", "No known drug allergies", "none-recorded")]
    [TestCase("91936005", "Allergy to penicillin", "listed")]
    public async Task None_known_not_asked_and_nothing_recorded_are_three_things(string code, string text, string state) =>
        Assert.That((await new TheChart().With(SomeResource.Allergy("a", code, text)).ReadAsync()).Allergies!.State, Is.EqualTo(state));

    [Test]
    public async Task An_empty_chart_records_none() => Assert.That((await new TheChart().ReadAsync()).Allergies!.State, Is.EqualTo("none-recorded"));

    [Test]
    public async Task No_allergy_to_drugs_is_no_word_about_food()
    {
        var allergies = (await new TheChart().With(SomeResource.Allergy("a", "409137002", "No known drug allergies")).ReadAsync()).Allergies!;

        Assert.That((allergies.State, allergies.NoneOf.Single()), Is.EqualTo(("none-recorded", "No known drug allergies")));
    }

    [TestCase(403)]
    [TestCase(500)]
    public async Task What_could_not_be_read_is_never_none(int status)
    {
        var overview = await new TheChart().Refuses("AllergyIntolerance", status).ReadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(overview.Allergies, Is.Null);
            Assert.That(overview.Unavailable.Select(one => one.Part), Does.Contain("allergies"));
        }
    }

    [Test]
    public async Task The_dangerous_ones_come_first()
    {
        var allergies = (await new TheChart().With(
            SomeResource.Allergy("a", "1", "Bee stings"), SomeResource.Allergy("b", "2", "Penicillin", ""","criticality":"high","category":["medication"],"reaction":[{"manifestation":[{"text":"Swelling of the throat"}]}] """),
            SomeResource.Allergy("c", "3", "Latex", ""","verificationStatus":{"coding":[{"code":"refuted"}]} """)).ReadAsync()).Allergies!;

        Assert.That(allergies.Items.Select(one => $"{one.Text} {string.Join(',', one.Reactions)}"), Is.EqualTo(new[] { "Penicillin Swelling of the throat", "Bee stings " }));
    }
}
