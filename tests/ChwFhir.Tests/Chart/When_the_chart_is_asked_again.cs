using ChwFhir.Chart;

namespace ChwFhir.Tests.Chart;

public sealed class When_the_chart_is_asked_again
{
    [Test]
    public async Task Within_a_minute_the_EHR_is_not_asked_again()
    {
        var chart = new TheChart().With(SomeResource.Patient());
        var charts = chart.Charts();
        await Whole(chart, charts);
        var first = chart.Asked.Count;

        chart.Clock.Advance(TimeSpan.FromSeconds(59));
        await Whole(chart, charts);

        Assert.That(chart.Asked, Has.Count.EqualTo(first));
    }

    [Test]
    public async Task After_a_minute_it_is_asked_whether_anything_is_otherwise()
    {
        var chart = new TheChart { GivesTags = true }.With(SomeResource.Patient(), SomeResource.Condition("a", "Hypertension"));
        var charts = chart.Charts();
        await Whole(chart, charts);

        chart.Clock.Advance(TimeSpan.FromSeconds(61));
        chart.With(SomeResource.Condition("b", "Asthma"));
        var overview = await Whole(chart, charts);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chart.NotModified, Is.GreaterThan(10));
            Assert.That(overview.Problems.Select(one => one.Text), Is.EquivalentTo(new[] { "Hypertension", "Asthma" }));
            Assert.That(overview.Person!.Name, Is.EqualTo("Rosa Elena Maldonado"));
        }
    }

    [Test]
    public async Task What_was_not_answered_is_asked_anew()
    {
        var chart = new TheChart().With(SomeResource.Condition("a", "Hypertension")).IsSilentOn("Condition");
        var charts = chart.Charts();
        var before = await Whole(chart, charts);

        chart.AnswersAgainOn("Condition");
        var after = await Whole(chart, charts);

        Assert.That((before.Problems.Count, after.Problems.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task What_one_has_read_is_not_shown_to_another()
    {
        var chart = new TheChart().With(SomeResource.Patient());
        var charts = chart.Charts();
        await Whole(chart, charts);
        var first = chart.Asked.Count;

        var other = charts.Open(new ChwFhir.Chart.ChartEyes("another", TheChart.Chw, new Uri(TheChart.Base), chart), TheChart.Patient);
        await other.PersonAsync();

        Assert.That(chart.Asked, Has.Count.EqualTo(first + 1));
    }

    [Test]
    public async Task All_first_questions_go_out_before_an_answer_is_waited_for()
    {
        var answers = new TaskCompletionSource();
        var chart = new TheChart { Answers = answers.Task };

        var reading = chart.Begin();
        var asked = chart.Asked.Count;
        answers.SetResult();
        await reading.WholeAsync(CancellationToken.None);

        Assert.That(asked, Is.EqualTo(18));
    }

    [Test]
    public async Task A_session_that_is_over_leaves_nothing()
    {
        var chart = new TheChart().With(SomeResource.Patient());
        var charts = chart.Charts();
        await Whole(chart, charts);
        var first = chart.Asked.Count;

        charts.Forget("the reader");
        await Whole(chart, charts);

        Assert.That(chart.Asked, Has.Count.EqualTo(2 * first));
    }

    [Test]
    public void Many_charts_are_not_all_remembered()
    {
        var chart = new TheChart();
        var charts = chart.Charts();
        var first = charts.Open(chart.Eyes(), "Patient/first");
        for (var number = 0; number < 300; number++)
        {
            chart.Clock.Advance(TimeSpan.FromMilliseconds(1));
            charts.Open(chart.Eyes(), $"Patient/p{number}");
        }

        Assert.That(charts.Open(chart.Eyes(), "Patient/first"), Is.Not.SameAs(first));
    }

    private static Task<ChwFhir.Chart.Overview> Whole(TheChart chart, ChwFhir.Chart.Charts charts) => chart.WholeAsync(chart.Begin(charts: charts));
}
