using System.Text.Json;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>How .NET values stand in columns: times as Unix milliseconds, lists of keys as JSON.</summary>
internal static class Columns
{
    public static long Milliseconds(this DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static int OffsetMinutes(this DateTimeOffset time) => (int)time.Offset.TotalMinutes;

    public static string Json(IEnumerable<string> keys) => JsonSerializer.Serialize(keys);

    public static string? Text(this StoreRow row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static int? Number(this StoreRow row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static ReadOnlyMemory<byte>? Bytes(this StoreRow row, int column) => row.IsDBNull(column) ? default(ReadOnlyMemory<byte>?) : row.GetFieldValue<byte[]>(column);

    /// <summary>A condition that was asked for: SQLite says 0 or 1.</summary>
    public static bool Flag(this StoreRow row, int column) => row.GetValue(column) is true or 1L;

    public static DateTimeOffset Time(this StoreRow row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(this StoreRow row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static DateTimeOffset Time(this StoreRow row, int column, int offset) => row.Time(column).ToOffset(TimeSpan.FromMinutes(row.GetInt32(offset)));

    public static IReadOnlyList<string> Keys(this StoreRow row, int column) => JsonSerializer.Deserialize<string[]>(row.GetString(column))!;

    /// <summary>A list of which each is sealed by itself.</summary>
    public static IReadOnlyList<string> SealedKeys(this StoreRow row, int column, FoundSecret secret) => [.. row.Keys(column).Select(key => row.Open(key, secret))];

    /// <summary>A list that is sealed as a whole.</summary>
    public static IReadOnlyList<string> Keys(this StoreRow row, int column, KeptSecret secret, RowName name) => JsonSerializer.Deserialize<string[]>(row.GetString(column, secret, name))!;
}
