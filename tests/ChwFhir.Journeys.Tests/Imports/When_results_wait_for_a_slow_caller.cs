using System.Globalization;
using System.Text;
using ChwFhir.Api.Imports;

namespace ChwFhir.Journeys.Imports;

public sealed class When_results_wait_for_a_slow_caller
{
    [Test]
    public async Task Lines_that_come_while_others_go_all_arrive_as_they_were()
    {
        const int Lines = 4_000;
        // Long ones: sealing the one and opening the other then fall together.
        var rest = new string(' ', 16_000);
        await using var spool = new ResultSpool();
        using var taken = new MemoryStream();

        var going = Task.Run(() => spool.CopyToAsync(taken, CancellationToken.None));
        await Parallel.ForAsync(0, Lines, async (number, cancel) => await spool.AddAsync(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{number}{rest}\n")), cancel));
        spool.Complete();
        await going;

        var told = Encoding.UTF8.GetString(taken.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line.TrimEnd(), CultureInfo.InvariantCulture));
        Assert.That(told.Order(), Is.EqualTo(Enumerable.Range(0, Lines)));
    }
}
