using System.Globalization;

namespace ChwFhir.Queue;

/// <summary>
/// Brings a database to this program's shape: the numbered scripts that it has not had, each in a transaction of its own.
/// Each database has a folder of scripts; a number means the same change in both.
/// </summary>
internal static class Migrations
{
    /// <returns>The versions applied now.</returns>
    public static IReadOnlyList<int> Apply(Session session) => session.Database.Alone(session, () => ApplyMissing(session));

    /// <summary>What each script of a folder is called, by its number.</summary>
    public static IReadOnlyDictionary<int, string> Scripts(string folder)
    {
        var prefix = Prefix(folder);
        return typeof(Migrations).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => name[prefix.Length..])
            .ToDictionary(name => int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture));
    }

    private static List<int> ApplyMissing(Session session)
    {
        // INTEGER PRIMARY KEY is 32 bits wide in PostgreSQL, which is enough for a version and not for a time.
        session.Script("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)");
        var present = session.Rows("SELECT version FROM schema_version ORDER BY version", row => row.GetInt32(0));
        var scripts = Scripts(session.Database.Scripts);
        if (present.LastOrDefault() is var newest && newest > scripts.Keys.Max()) throw new StorageInUseException(
            $"The store was written by a newer ChwFhir (schema {newest}, this one knows {scripts.Keys.Max()}): start that version, or use another store (Storage__Directory or Storage__ConnectionString).");

        var missing = scripts.Keys.Except(present).Order().ToList();
        foreach (var version in missing) Apply(session, version, scripts[version]);
        return missing;
    }

    private static void Apply(Session session, int version, string name)
    {
        session.Begin();
        try
        {
            session.Script(Read(Prefix(session.Database.Scripts) + name));
            session.Do("INSERT INTO schema_version (version, name, applied_at) VALUES ($1, $2, $3)", version, name, session.Now);
            session.Commit();
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }

    private static string Prefix(string folder) => $"Queue.Migrations.{folder}.";

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
