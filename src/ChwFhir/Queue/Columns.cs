using System.Data.Common;
using System.Text.Json;

namespace ChwFhir.Queue;

/// <summary>How .NET values stand in columns: times as Unix milliseconds, lists of keys as JSON.</summary>
internal static class Columns
{
    public static long Milliseconds(this DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static int OffsetMinutes(this DateTimeOffset time) => (int)time.Offset.TotalMinutes;

    public static string Json(IEnumerable<string> keys) => JsonSerializer.Serialize(keys);

    public static string? Text(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static int? Number(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static ReadOnlyMemory<byte>? Bytes(this DbDataReader row, int column) => row.IsDBNull(column) ? default(ReadOnlyMemory<byte>?) : row.GetFieldValue<byte[]>(column);

    /// <summary>A condition that was asked for: SQLite says 0 or 1.</summary>
    public static bool Flag(this DbDataReader row, int column) => row.GetValue(column) is true or 1L;

    public static DateTimeOffset Time(this DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static DateTimeOffset Time(this DbDataReader row, int column, int offset) => row.Time(column).ToOffset(TimeSpan.FromMinutes(row.GetInt32(offset)));

    public static IReadOnlyList<string> Keys(this DbDataReader row, int column) => JsonSerializer.Deserialize<string[]>(row.GetString(column))!;
}
