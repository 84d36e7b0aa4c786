using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace ChwFhir.Sandbox.Epic;

/// <summary>Where the next page of a search goes on, kept on the server for a while under an opaque <c>sessionID</c>. A restart forgets them all.</summary>
internal sealed class PagingSessions(TimeProvider clock, TimeSpan life)
{
    private const int Kept = 20_000;
    private readonly ConcurrentDictionary<string, Place> places = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> oldest = new();
    private int last;

    /// <param name="Mark">Null: from the beginning, after an empty first page.</param>
    public sealed record Place(string Type, string Asked, string? Mark, int Page, DateTimeOffset Until);

    public string Open(string type, string asked, string? mark, int page)
    {
        var session = string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref last)}-{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}");
        places[session] = new(type, asked, mark, page, clock.GetUtcNow() + life);
        oldest.Enqueue(session);
        if (oldest.Count > Kept && oldest.TryDequeue(out var forgotten))
            places.TryRemove(forgotten, out _);
        return session;
    }

    public Place Find(string session, string type) =>
        places.TryGetValue(session, out var place) && place.Type == type && place.Until > clock.GetUtcNow() ? place : throw Numbers.Refused(400, "4113");
}
