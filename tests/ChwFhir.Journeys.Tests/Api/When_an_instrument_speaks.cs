using System.Diagnostics.Metrics;
using System.Text;
using ChwFhir.Api.Metrics;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChwFhir.Journeys.Api;

internal sealed class When_an_instrument_speaks
{
    private ServiceProvider services = null!;
    private Meter meter = null!;
    private MetricsCollector collector = null!;

    [SetUp]
    public void Listen()
    {
        services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        meter = factory.Create("ChwFhir.Test");
        collector = new MetricsCollector(factory);
    }

    [TearDown]
    public void Leave()
    {
        meter.Dispose();
        collector.Dispose();
        services.Dispose();
    }

    [Test]
    public void A_counter_adds_up_by_label()
    {
        var counter = meter.CreateCounter<long>("chwfhir.sent", null, "Resources sent.");
        counter.Add(2, new KeyValuePair<string, object?>("type", "Encounter"));
        counter.Add(3, new KeyValuePair<string, object?>("type", "Encounter"));
        counter.Add(1, new KeyValuePair<string, object?>("type", "Goal"));

        Assert.That(Text(), Is.EqualTo("# HELP chwfhir_sent_total Resources sent.\n# TYPE chwfhir_sent_total counter\nchwfhir_sent_total{type=\"Encounter\"} 5\nchwfhir_sent_total{type=\"Goal\"} 1\n"));
    }

    [Test]
    public void A_label_is_escaped()
    {
        meter.CreateCounter<int>("c").Add(1, new KeyValuePair<string, object?>("http.route", "a\\b\"c\nd"));

        Assert.That(Text(), Does.Contain(@"c_total{http_route=""a\\b\""c\nd""} 1"));
    }

    [Test]
    public void A_histogram_takes_the_advised_edges()
    {
        var histogram = meter.CreateHistogram("wait", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var value in new[] { 0.1, 0.5, 7 })
            histogram.Record(value);

        Assert.That(Text(), Does.Contain("wait_seconds_bucket{le=\"0.1\"} 1\nwait_seconds_bucket{le=\"1\"} 2\nwait_seconds_bucket{le=\"+Inf\"} 3\nwait_seconds_sum 7.6\nwait_seconds_count 3\n"));
    }

    [Test]
    public void A_gauge_shows_the_last_value()
    {
        var gauge = meter.CreateGauge<double>("level");
        gauge.Record(1);
        gauge.Record(0.25);

        Assert.That(Text(), Does.Contain("\nlevel 0.25\n"));
    }

    [Test]
    public void What_goes_up_and_down_is_a_gauge()
    {
        var under = meter.CreateUpDownCounter<int>("underway");
        under.Add(3);
        under.Add(-2);

        Assert.That(Text(), Does.Contain("# TYPE underway gauge\nunderway 1\n"));
    }

    [Test]
    public void What_is_no_longer_observed_is_no_longer_shown()
    {
        List<Measurement<int>> seen = [new(1, new KeyValuePair<string, object?>("lane", "a"))];
        meter.CreateObservableGauge("lanes", () => seen);

        Assert.That(Text(), Does.Contain("lanes{lane=\"a\"} 1"));
        seen.Clear();
        Assert.That(Text(), Does.Not.Contain("lanes"));
    }

    [Test]
    public void Labels_without_bound_share_a_line_in_the_end()
    {
        var counter = meter.CreateCounter<int>("many");
        for (var i = 0; i < 5_000; i++)
            counter.Add(1, new KeyValuePair<string, object?>("id", i));

        var text = Text();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.Split('\n'), Has.Length.LessThan(1_100));
            Assert.That(text, Does.Contain("many_total{overflow=\"true\"} 4000"));
        }
    }

    [Test]
    public void The_meters_of_another_host_in_the_process_are_not_ours()
    {
        using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        other.GetRequiredService<IMeterFactory>().Create("ChwFhir.Other").CreateCounter<int>("theirs").Add(1);

        Assert.That(Text(), Does.Not.Contain("theirs"));
    }

    private string Text()
    {
        var text = new StringBuilder();
        collector.WriteTo(text);
        // Meters of the process at large are heard as well; only ours are of interest here.
        return string.Join('\n', text.ToString().Split('\n').Where(line => !line.Contains("dotnet_", StringComparison.Ordinal) && !line.Contains("chwfhir_ehr", StringComparison.Ordinal)));
    }
}
