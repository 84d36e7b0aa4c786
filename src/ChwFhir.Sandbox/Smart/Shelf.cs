namespace ChwFhir.Sandbox.Smart;

/// <summary>Things that are kept for a while under a secret or a number, never more than fit.</summary>
internal sealed class Shelf<T>(TimeProvider clock, int room) where T : class
{
    private readonly Dictionary<string, (T Thing, DateTimeOffset Until)> things = new(StringComparer.Ordinal);
    private readonly Lock door = new();

    /// <returns>Whether the place was free.</returns>
    /// <exception cref="OAuthRefusal">The shelf is full of things that still hold. None of them is thrown away for a new one: a number that was forgotten could be used twice.</exception>
    public bool TryAdd(string key, T thing, TimeSpan life)
    {
        var now = clock.GetUtcNow();
        lock (door)
        {
            if (things.TryGetValue(key, out var there) && there.Until > now)
                return false;
            if (things.Count >= room)
                foreach (var old in things.Where(pair => pair.Value.Until <= now).Select(pair => pair.Key).ToList())
                    things.Remove(old);
            if (things.Count >= room)
                throw new OAuthRefusal(503, "temporarily_unavailable", "Too much of this is open at once; try again in a few minutes.");
            things[key] = (thing, now + life);
            return true;
        }
    }

    public T? Find(string key)
    {
        lock (door)
            return things.TryGetValue(key, out var there) && there.Until > clock.GetUtcNow() ? there.Thing : null;
    }

    public T? Take(string key)
    {
        lock (door)
            return things.Remove(key, out var there) && there.Until > clock.GetUtcNow() ? there.Thing : null;
    }
}
