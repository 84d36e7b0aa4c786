namespace ChwFhir.Journeys.Audit;

/// <summary>What happens behind the answer is waited for, as long as it takes and not longer.</summary>
internal static class Eventually
{
    public static async Task<T> ItIsAsync<T>(Func<Task<T?>> look) where T : class
    {
        for (var patience = 200; ; patience--)
        {
            if (await look() is { } found)
                return found;
            if (patience == 0)
                throw new TimeoutException("It did not happen.");
            await Task.Delay(100);
        }
    }
}
