using System.Security.Cryptography;
using ChwFhir.Queue.Databases;

namespace ChwFhir.Queue.Sealing;

/// <summary>The keys that values are sealed with, in the database, each wrapped by the master key. None is ever taken away: what it sealed is read for ever.</summary>
internal static class DataKeys
{
    /// <summary>A nonce of 96 random bits is good for some 2^32 values under one key; a busy store seals a tenth of that in this time.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromDays(30);

    /// <summary>Makes the first keys, wraps all by the master key in use, makes a new one when the newest has served its time.</summary>
    /// <exception cref="StorageInUseException">The store was sealed under another master key. Nothing is changed.</exception>
    public static Vault Open(Session session, MasterKeys masters, TimeProvider clock, Action<string, RowName> broken)
    {
        var database = session.Database;
        session.Database.Alone(session, () => InOne(session, () =>
        {
            var rows = Rows(session);
            if (rows.Count == 0)
                Make(session, masters, Vault.IndexKey);
            foreach (var row in rows.Where(row => row.Master != masters.Current.Id))
                Wrap(session, masters, row.Number, Unwrap(masters, row, out var allIsSealed), allIsSealed);
            // Also those that need no wrapping are looked at: a master key of the right name may still be the wrong one, and a row may be damaged.
            foreach (var row in rows)
                Unwrap(masters, row, out _);
            MakeIfDue(session, masters, rows);
        }));
        return new Vault(() => Read(database, masters, clock), broken);
    }

    /// <summary>A new one when the newest has served its time.</summary>
    public static void Renew(Session session, MasterKeys masters) => MakeIfDue(session, masters, Rows(session));

    /// <summary>A new one now; those of before still open what they sealed.</summary>
    public static void Rotate(Session session, MasterKeys masters) => Make(session, masters, Rows(session).Max(row => row.Number) + 1);

    /// <summary>Whether nothing stands in clear any more that did before there were seals: said by the key by which values are found, and by nobody who lacks the master key.</summary>
    public static bool AllIsSealed(Session session, MasterKeys masters)
    {
        Unwrap(masters, Index(session), out var allIsSealed);
        return allIsSealed;
    }

    /// <summary>From here on <see cref="AllIsSealed"/>.</summary>
    public static void SayAllIsSealed(Session session, MasterKeys masters) => Wrap(session, masters, Vault.IndexKey, Unwrap(masters, Index(session), out _), allIsSealed: true);

    public static StoreSeal Look(Session session, bool forTryingOut)
    {
        var newest = Rows(session).MaxBy(row => row.Number)!;
        return new StoreSeal(newest.Master, newest.Number, DateTimeOffset.FromUnixTimeMilliseconds(newest.MadeAt), DateTimeOffset.FromUnixTimeMilliseconds(newest.MadeAt) + Age, forTryingOut);
    }

    private static void MakeIfDue(Session session, MasterKeys masters, IReadOnlyList<Wrapped> rows)
    {
        var newest = rows.Where(row => row.Number != Vault.IndexKey).MaxBy(row => row.Number);
        if (newest is null || newest.MadeAt <= session.Now - (long)Age.TotalMilliseconds)
            Make(session, masters, (newest?.Number ?? Vault.IndexKey) + 1);
    }

    // Of two instances that make the next one at the same time one is done again, and finds it.
    private static void Make(Session session, MasterKeys masters, int number) => session.Do(
        "INSERT INTO data_key (id, master, wrapped, made_at) VALUES ($1, $2, $3, $4)",
        number, masters.Current.Id, masters.Current.Wrap(number, RandomNumberGenerator.GetBytes(MasterKey.Length), allIsSealed: false), session.Now);

    private static void Wrap(Session session, MasterKeys masters, int number, ReadOnlySpan<byte> key, bool allIsSealed) =>
        session.Do("UPDATE data_key SET master = $2, wrapped = $3 WHERE id = $1", number, masters.Current.Id, masters.Current.Wrap(number, key, allIsSealed));

    private static Wrapped Index(Session session) => Rows(session).Single(row => row.Number == Vault.IndexKey);

    private static IReadOnlyDictionary<int, byte[]> Read(Database database, MasterKeys masters, TimeProvider clock)
    {
        using var session = Session.Open(database, clock, readOnly: true);
        return Rows(session).ToDictionary(row => row.Number, row => Unwrap(masters, row, out _));
    }

    private static List<Wrapped> Rows(Session session) => session.Rows(
        "SELECT id, master, wrapped, made_at FROM data_key ORDER BY id", row => new Wrapped(row.GetInt32(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.GetInt64(3)));

    private static byte[] Unwrap(MasterKeys masters, Wrapped row, out bool allIsSealed)
    {
        try
        {
            if (masters.Find(row.Master) is { } master)
                return master.Unwrap(row.Number, row.Key, out allIsSealed);
        }
        catch (CryptographicException e)
        {
            throw new StorageInUseException("The store's table data_key was changed or damaged: restore it from a backup; what its keys sealed cannot be read without them. Nothing was changed.", e);
        }
        throw new StorageInUseException(
            $"Storage__Key: the store was sealed under another key (its id is {row.Master}): give the service that key, as the only one or as a former one behind the new one. Without it nobody can read what is stored. Nothing was changed.");
    }

    private static bool InOne(Session session, Action work)
    {
        session.Begin();
        try
        {
            work();
            session.Commit();
            return true;
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }

    private sealed record Wrapped(int Number, string Master, byte[] Key, long MadeAt);
}
