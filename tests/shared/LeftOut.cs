using NUnit.Framework;

// No namespace, so that it stands around every test of the assembly.
/// <summary>Says at the end of a run how many tests each missing thing has left out.</summary>
[SetUpFixture]
internal sealed class LeftOut
{
    private static readonly Dictionary<string, int> Counts = [];

    public static void Count(string need)
    {
        lock (Counts)
            Counts[need] = Counts.GetValueOrDefault(need) + 1;
    }

    [OneTimeTearDown]
    public void SayWhatWasLeftOut()
    {
        foreach (var (need, count) in Counts)
            TestContext.Error.WriteLine($"Left out for want of {need}: {count} {(count == 1 ? "test" : "tests")}");
    }
}
