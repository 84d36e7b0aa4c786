using Microsoft.Data.Sqlite;

namespace ChwFhir.Queue;

/// <summary>Tells a machine that cannot store (full disk, failing disk, locked file) from a mistake of ours.</summary>
internal static class StorageTrouble
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    // BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB (sqlite.org/rescode.html)
    public static bool Is(Exception e) => e is SqliteException { SqliteErrorCode: 5 or 6 or 7 or 8 or 9 or 10 or 11 or 13 or 14 or 15 or 26 } or IOException;

    public static StoreUnavailableException From(Exception e) => new("The store cannot take this now.", RetryAfter, e);
}
