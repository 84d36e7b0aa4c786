using ChwFhir.Intake;
using ChwFhir.WriteBack.Inputs;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_many_large_inputs_come_at_once
{
    private static readonly InputReading Nothing = new InputReading.NotAForm();

    [Test, CancelAfter(30_000)]
    public async Task Two_are_read_at_a_time_and_small_ones_wait_for_none_of_them(CancellationToken cancellationToken)
    {
        using var done = new ManualResetEventSlim();
        var (reading, most) = (0, 0);
        InputReading Read()
        {
            var now = Interlocked.Increment(ref reading);
            most = Math.Max(most, now);
            done.Wait(cancellationToken);
            Interlocked.Decrement(ref reading);
            return Nothing;
        }

        var large = Enumerable.Range(0, 6).Select(_ => Task.Run(() => BigInputs.ReadAsync(5_000_000, Read, cancellationToken), cancellationToken)).ToList();
        while (Volatile.Read(ref reading) < 2)
            await Task.Delay(5, cancellationToken);
        var small = await BigInputs.ReadAsync(5_000, () => Nothing, cancellationToken);
        done.Set();
        await Task.WhenAll(large);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(small, Is.SameAs(Nothing));
        Assert.That(most, Is.EqualTo(2));
    }
}
