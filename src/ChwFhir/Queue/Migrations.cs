using System.Globalization;

namespace ChwFhir.Queue;

/// <summary>Brings a database to this program's shape: the numbered scripts that it has not had, each in a transaction of its own.</summary>
internal static class Migrations
{
    private const string Prefix = "Queue.Migrations.";

    /// <returns>The versions applied now.</returns>
    public static IReadOnlyList<int> Apply(Session session)
    {
        session.Script("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)");
        var present = session.Row("SELECT COALESCE(MAX(version), 0) FROM schema_version", row => row.GetInt32(0));
        var scripts = Scripts();
        if (present > scripts[^1].Version) throw new StorageInUseException(
            $"The store was written by a newer ChwFhir (schema {present}, this one knows {scripts[^1].Version}): start that version, or set Storage__Directory to another folder.");

        var missing = scripts.Where(script => script.Version > present).ToList();
        foreach (var (version, name) in missing) Apply(session, version, name);
        return [.. missing.Select(script => script.Version)];
    }

    private static void Apply(Session session, int version, string name)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            session.Script(Read(name));
            session.Execute("INSERT INTO schema_version (version, name, applied_at) VALUES ($1, $2, $3)", version, name[Prefix.Length..], session.Now);
            session.Execute("COMMIT");
        }
        catch
        {
            session.Execute("ROLLBACK");
            throw;
        }
    }

    private static List<(int Version, string Name)> Scripts() =>
    [
        .. typeof(Migrations).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (int.Parse(name.AsSpan(Prefix.Length, 4), CultureInfo.InvariantCulture), name)),
    ];

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
