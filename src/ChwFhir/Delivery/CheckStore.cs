using ChwFhir.Queue.Sealing;

namespace ChwFhir.Delivery;

/// <summary>How the store is sealed, in lines for whoever runs it. Pure.</summary>
internal static class CheckStore
{
    public static IReadOnlyList<string> Lines(string place, StoreSeal seal, DateTimeOffset now) =>
    [
        place,
        $"sealed with AES-256-GCM under master key {seal.Master}{(seal.ForTryingOut ? ", which lies beside it: for trying out only" : "")}",
        FormattableString.Invariant($"data key {seal.DataKey}, made {seal.MadeAt:yyyy-MM-dd HH:mm} UTC, {Days(now - seal.MadeAt)} old; the next one is made {seal.RenewedAt:yyyy-MM-dd}"),
    ];

    private static string Days(TimeSpan age) => (int)age.TotalDays switch
    {
        <= 0 => "less than a day",
        1 => "1 day",
        var days => FormattableString.Invariant($"{days} days"),
    };
}
