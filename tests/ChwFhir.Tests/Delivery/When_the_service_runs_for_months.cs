using ChwFhir.Delivery;
using ChwFhir.Queue;
using ChwFhir.Tests.Queue;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Delivery;

public sealed class When_the_service_runs_for_months
{
    [Test]
    public async Task Old_transport_copies_are_cleared_away_day_by_day_by_themselves()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Sqlite);
        var first = await WriteAsync(some, "first");
        some.Clock.Advance(TimeSpan.FromDays(2));
        var second = await WriteAsync(some, "second");
        using var pruning = new TransportPruning(some.Store, Options.Create(new RetentionOptions { KeepTransport = TimeSpan.FromDays(3) }), some.Clock, NullLogger<TransportPruning>.Instance);

        await pruning.StartAsync(default);
        var present = new List<(bool First, bool Second)> { await HasAsync(some, first, second) };
        foreach (var _ in Enumerable.Range(1, 4))
        {
            await PassADayAsync(some);
            present.Add(await HasAsync(some, first, second));
        }
        await pruning.StopAsync(default);

        Assert.That(present, Is.EqualTo(new[] { (true, true), (true, true), (false, true), (false, true), (false, false) }));
    }

    [TestCase("P90D", 90)]
    [TestCase("30.00:00:00", 30)]
    [TestCase(null, 90)]
    public void It_is_said_in_days(string? setting, int days) => Assert.That(Settings(setting).KeepTransport.Value, Is.EqualTo(TimeSpan.FromDays(days)));

    [TestCase("soon", "Storage__KeepTransport: 'soon' is no duration; allowed are the forms 00:00:10 and PT10S.")]
    [TestCase("PT5M", "Storage__KeepTransport: allowed: PT1H to P36500D.")]
    [TestCase("-P1D", "Storage__KeepTransport: allowed: PT1H to P36500D.")]
    public void A_wrong_setting_stops_the_start_with_what_is_allowed(string setting, string line) =>
        Assert.That(() => Settings(setting), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains(line));

    private static RetentionOptions Settings(string? keep)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Storage:KeepTransport"] = keep }.Where(pair => pair.Value is not null)).Build();
        using var services = new ServiceCollection().AddDelivery(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<RetentionOptions>>().Value;
    }

    // Its rounds sleep between their bites too: the clock is moved whenever somebody waits for it.
    private static async Task PassADayAsync(SomeStore some)
    {
        for (var hour = 0; hour < 24; hour++)
        {
            for (var patience = 0; patience < 100 && some.Clock.Waiting == 0; patience++) await Task.Delay(10);
            some.Clock.Advance(TimeSpan.FromHours(1));
            await Task.Delay(15);
        }
    }

    private static async Task<(bool First, bool Second)> HasAsync(SomeStore some, long first, long second) =>
        ((await some.Store.ReadContentAsync(first, default)).Bundle is not null, (await some.Store.ReadContentAsync(second, default)).Bundle is not null);

    private static async Task<long> WriteAsync(SomeStore some, string id)
    {
        var number = await some.AcceptAsync(id, $"Patient/{id}");
        var claim = await some.MustClaimAsync();
        await some.Store.SaveMappedAsync(claim, number, new byte[] { 1 }, "d", [new ResourceRow("encounter", "Encounter", ResourceState.Pending, null, null, null, null)], [], null, default);
        await some.RecordAsync(claim, await some.IntendAsync(claim, number, "encounter"), OutcomeWord.Done, new ResourceRow("encounter", "Encounter", ResourceState.Written, "Encounter/1", null, null, null));
        await some.FinishAsync(claim, number, NoteState.Written);
        await some.Store.ReleaseAsync(claim, default);
        return number;
    }
}
