using ChwFhir.Chart;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.Tests.Chart;

internal sealed class When_symptoms_are_read_over_time
{
    private const string Ours = "urn:chwfhir:note";
    private static readonly DateTimeOffset First = new(2026, 11, 3, 14, 0, 0, TimeSpan.FromHours(-5)), Second = First.AddDays(14);

    [Test]
    public void Scores_of_visits_and_of_the_chart_are_one_series()
    {
        var series = SeriesReader.Read([Visit(First, "one", 8), Visit(Second, "two", 4)], [Pain("o1", "2026-11-10T09:00:00-05:00", 6)], Ours);

        Assert.That(series.Single(one => one.Kind == "pain").Points.Select(point => (point.Value, point.IsFromChart)), Is.EqualTo(new[] { (8m, false), (6m, true), (4m, false) }));
    }

    [TestCase("\"identifier\":[{\"system\":\"urn:chwfhir:note\",\"value\":\"one/symptom/pain\"}],", TestName = "By_its_identifier")]
    [TestCase("", TestName = "By_day_and_value")]
    public void What_we_wrote_is_shown_once(string identifier)
    {
        var series = SeriesReader.Read([Visit(First, "one", 8)], [Pain("o1", "2026-11-03T14:00:00-05:00", 8, identifier)], Ours);

        Assert.That(series.Single().Points.Single().IsFromChart, Is.False);
    }

    [Test]
    public void What_we_wrote_is_known_by_where_it_stands_though_the_EHR_has_moved_its_day()
    {
        var visit = Visit(First, "one", 8, [new ResourceRow("symptom/pain", "Observation", ResourceState.Written, "Observation/o1", "1", "created", null)]);

        var series = SeriesReader.Read([visit], [Pain("o1", "2026-11-04", 8)], Ours);

        Assert.That(series.Single().Points.Single().IsFromChart, Is.False);
    }

    [Test]
    public void Another_value_of_the_same_day_stays()
    {
        var series = SeriesReader.Read([Visit(First, "one", 8)], [Pain("o1", "2026-11-03T20:00:00-05:00", 5)], Ours);

        Assert.That(series.Single().Points.Select(point => point.Value), Is.EqualTo(new[] { 8m, 5m }));
    }

    [Test]
    public void Weights_are_kilograms_whoever_weighed_and_a_pressure_has_both_numbers()
    {
        var visit = ToldVisitsOf.On(First, note => note with { Vitals = [new() { Kind = VitalKind.Weight, Value = 130, Unit = "lb" }, new() { Kind = VitalKind.BloodPressure, Systolic = 142, Diastolic = 91 }] });
        var weight = Observation("w1", "29463-7", "2026-11-10", "\"valueQuantity\":{\"value\":58.4,\"code\":\"kg\"}");
        var pressure = Observation("b1", "85354-9", "2026-11-10", "\"component\":[{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8480-6\"}]},\"valueQuantity\":{\"value\":128}},{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8462-4\"}]},\"valueQuantity\":{\"value\":78}}]");

        var series = SeriesReader.Read([visit], [weight, pressure], Ours).ToDictionary(one => one.Kind, one => one.Points.Select(point => (point.Value, point.Second)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(series["weight"], Is.EqualTo(new (decimal, decimal?)[] { (59.0m, null), (58.4m, null) }));
            Assert.That(series["blood-pressure"], Is.EqualTo(new (decimal, decimal?)[] { (142, 91), (128, 78) }));
        }
    }

    [Test]
    public void A_screening_gives_its_total_and_food_a_yes_or_no()
    {
        var visit = ToldVisitsOf.On(First, note => note with
        {
            Screenings =
            [
                new() { Instrument = Instrument.HungerVitalSign, Answers = [new() { Item = "88122-7", Texts = ["LA28397-0"] }, new() { Item = "88123-5", Texts = ["LA28398-8"] }] },
                new() { Instrument = Instrument.EsasR, Answers = [new() { Item = "tiredness", Number = 6 }] },
                new() { Instrument = Instrument.DistressThermometer, Answers = [new() { Item = "distress", Number = 7 }] },
            ],
        });
        var chart = Observation("f1", "88124-3", "2026-11-20", "\"valueCodeableConcept\":{\"coding\":[{\"code\":\"LA19983-8\"}]}");

        var series = SeriesReader.Read([visit], [chart], Ours);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(series.Select(one => one.Kind), Is.EqualTo(new[] { "tiredness", "distress", "food-security" }), "in the order in which they are shown");
            Assert.That(series[^1].Points.Select(point => point.Value), Is.EqualTo(new[] { 1m, 0m }));
        }
    }

    [Test]
    public void What_was_entered_in_error_or_is_of_a_scale_of_its_own_is_no_point()
    {
        var error = Pain("o1", "2026-11-10", 6);
        error.Status = ObservationStatus.EnteredInError;
        var other = Observation("o2", "38208-5", "2026-11-10", "\"valueQuantity\":{\"value\":60}");

        Assert.That(SeriesReader.Read([], [error, other], Ours), Is.Empty);
    }

    private static ToldVisit Visit(DateTimeOffset at, string id, int pain, IReadOnlyList<ResourceRow>? rows = null) =>
        ToldVisitsOf.On(at, note => note with { Symptoms = [new() { Kind = SymptomKind.Pain, Score = pain }] }, id, rows);

    private static Observation Pain(string id, string at, int score, string more = "") => Observation(id, "72514-3", at, $"{more}\"valueQuantity\":{{\"value\":{score}}}");

    private static Observation Observation(string id, string code, string at, string more) => (Observation)FhirJson.Parse<Resource>(System.Text.Encoding.UTF8.GetBytes(
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"{{code}}"}]},"subject":{"reference":"Patient/rosa"},"effectiveDateTime":"{{at}}",{{more}}}"""));
}
