using System.Xml.Linq;
using ChwFhir.Chart;
using ChwFhir.SmartApp.Speech;
using ChwFhir.SmartApp.Symptoms;

namespace ChwFhir.Journeys.SmartApp.Clinician;

/// <summary>One series as SVG.</summary>
internal sealed class When_symptoms_are_drawn
{
    private static readonly DateTimeOffset Now = SomeVisit.Now;

    [Test]
    public void Every_value_is_a_point_at_its_time_and_height_the_charts_own_told_apart()
    {
        var told = Told(new SeriesPoint(Now.AddDays(-30), true, 10, null, null, new FactSource("visit-note", "v1", null)), new SeriesPoint(Now, true, 0, null, null, new FactSource("chart", "Observation/1", null)));

        var svg = Draw(told);

        var points = svg.Descendants("circle").Select(circle => (Left: double.Parse(((string)circle.Attribute("cx")!).TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture), Top: (string)circle.Attribute("cy")!)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(points.Select(point => point.Top), Is.EqualTo(new[] { "8", "56" }), "ten is at the top, none on the ground");
            Assert.That((points[0].Left, points[1].Left), Is.EqualTo((50d, 98.4)).Within(2), "two months are shown at least");
            Assert.That(svg.Elements("g").Select(point => (string)point.Attribute("class")!), Is.EqualTo(new[] { "point", "point chart" }));
            Assert.That(svg.Descendants("line").Count(line => (string?)line.Attribute("class") == "went"), Is.EqualTo(1));
        }
    }

    [Test]
    public void Whoever_does_not_see_it_hears_its_values_and_nothing_of_it_is_a_style()
    {
        var svg = Draw(Told(new SeriesPoint(Now.AddDays(-3), true, 7, null, "A <b> & \"c\"", new FactSource("chart", null, null))));

        Assert.That((string)svg.Attribute("aria-label")!, Is.EqualTo("Pain: Tue 17 Nov 7 of 10"));
        Assert.That(svg.DescendantsAndSelf().Attributes().Select(attribute => attribute.Name.LocalName), Has.None.EqualTo("style"), "the browser takes none from a page");
    }

    [Test]
    public void Visits_stand_on_the_ground_and_a_stay_lies_behind()
    {
        var told = Told(new SeriesPoint(Now, true, 3, null, null, new FactSource("chart", null, null))) with
        {
            Visits = [SomeVisit.On(3, note => note), SomeVisit.On(17, note => note)],
            Stays = [new HospitalStay("admission", "2026-11-05", "2026-11-09", "finished", null, null, null, null, new FactSource("chart", "Encounter/1", null))],
        };

        var svg = Draw(told);

        Assert.That((svg.Elements("line").Count(line => (string?)line.Attribute("class") == "visit"), svg.Elements("rect").Count(rect => (string?)rect.Attribute("class") == "stay")), Is.EqualTo((2, 1)));
    }

    [Test]
    public void No_more_months_are_named_than_can_be_read([Values(10, 100, 200, 360)] int days)
    {
        var axis = TimeAxis.Of(Told(new SeriesPoint(Now.AddDays(-days), true, 3, null, null, new FactSource("chart", null, null))), Now);

        Assert.That(axis.Months().Count, Is.InRange(2, 7));
        Assert.That(axis.Months().Select(axis.Place), Is.Ordered.And.All.InRange(0, 1));
    }

    private static OverTime Told(params SeriesPoint[] points) => new([new Series("pain", points)], [], [], []);

    private static XElement Draw(OverTime told) => XElement.Parse(Drawing.Of(told.Series[0], Scale.Of(told.Series[0]), TimeAxis.Of(told, Now), told, Now, Wording.English));
}
