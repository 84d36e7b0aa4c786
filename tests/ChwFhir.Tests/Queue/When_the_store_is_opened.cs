using ChwFhir.Queue;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

public sealed class When_the_store_is_opened
{
    [Test]
    public async Task A_second_owner_is_told_in_one_line_and_may_come_when_the_first_is_gone()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Sqlite);

        var refused = await Assert.CatchAsync<StorageInUseException>(() => SomeStore.OpenAsync(some.Options, some.Clock));
        await some.Store.DisposeAsync();
        await using var second = await SomeStore.OpenAsync(some.Options, some.Clock);

        Assert.That(refused!.Message, Does.Contain("Storage__Directory").And.Contain(some.Directory).And.Not.Contain("\n"));
        Assert.That(await second.CountAsync(TheEhr, default), Is.Not.Null);
    }

    [Test]
    public async Task Each_migration_is_applied_once()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Sqlite);
        await some.AcceptAsync("a");
        await some.ReopenAsync();
        await some.ReopenAsync();

        var applied = await some.Store.ReadAsync(session => session.Rows("SELECT version, name FROM schema_version ORDER BY version", row => $"{row.GetInt32(0)} {row.GetString(1)}"), default);

        Assert.That(applied[0], Is.EqualTo("1 0001_queue_and_ledger.sql"));
        Assert.That(applied, Is.Unique);
        Assert.That(await some.Store.FindAsync(TheEhr, "a", default), Is.Not.Null);
    }

    [Test]
    public async Task A_store_of_a_newer_version_is_left_alone()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Sqlite);
        await some.Store.WriteAsync(session => session.Execute("INSERT INTO schema_version (version, name, applied_at) VALUES (9999, 'later', 0)"), default);
        await some.Store.DisposeAsync();

        Assert.That(async () => await SomeStore.OpenAsync(some.Options, some.Clock), Throws.InstanceOf<StorageInUseException>().With.Message.Contains("newer").And.Message.Contains("9999"));
    }

    [Test]
    public async Task A_file_that_is_no_database_is_named_and_left_alone()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Sqlite);
        await some.Store.DisposeAsync();
        foreach (var file in Directory.GetFiles(some.Directory, "chwfhir.db*")) File.Delete(file);
        var text = new string('x', 10_000);
        await File.WriteAllTextAsync(Path.Combine(some.Directory, "chwfhir.db"), text);

        Assert.That(async () => await SomeStore.OpenAsync(some.Options, some.Clock), Throws.InstanceOf<StorageInUseException>().With.Message.Contains("chwfhir.db"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(some.Directory, "chwfhir.db")), Is.EqualTo(text));
    }

    [Test]
    public async Task Every_commit_waits_for_the_disk()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Sqlite);

        var settings = await some.Store.WriteAsync(session => (
            session.Row("PRAGMA journal_mode", row => row.GetString(0)), session.Row("PRAGMA synchronous", row => row.GetInt32(0)), session.Row("PRAGMA foreign_keys", row => row.GetInt32(0))), default);

        Assert.That(settings, Is.EqualTo(("wal", 2, 1)));
    }

    [Test]
    public async Task A_host_starts_with_it_and_a_used_folder_stops_the_start()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Sqlite);
        using var host = Host(("Storage:Directory", some.Directory));

        Assert.That(async () => await host.StartAsync(), Throws.InstanceOf<StorageInUseException>());
        await some.Store.DisposeAsync();
        using var second = Host(("Storage:Directory", some.Directory));
        await second.StartAsync();
        Assert.That(second.Services.GetRequiredService<NoteStore>(), Is.Not.Null);
        await second.StopAsync();
    }

    [Test]
    public void Another_provider_stops_the_start_and_hears_what_is_allowed()
    {
        using var host = Host(("Storage:Provider", "mongo"), ("Storage:Directory", Path.Combine(Path.GetTempPath(), "never-made")));

        Assert.That(async () => await host.StartAsync(), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("allowed: sqlite, postgres"));
    }

    [Test]
    public async Task Both_databases_have_the_same_scripts_and_then_the_same_tables_and_columns()
    {
        await using var sqlite = await SomeStore.OpenAsync(StorageOptions.Sqlite);
        await using var postgres = await SomeStore.OpenAsync(StorageOptions.Postgres);

        var inSqlite = await sqlite.Store.ReadAsync(
            session => session.Rows("SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'", row => row.GetString(0)), default);
        var inPostgres = await postgres.Store.ReadAsync(
            session => session.Rows("SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'", row => row.GetString(0)), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Migrations.Scripts("Postgres"), Is.EqualTo(Migrations.Scripts("Sqlite")), "the same numbers and names");
            Assert.That(inSqlite, Has.Count.GreaterThan(80));
            // Several writers count in rows of their own.
            Assert.That(inPostgres.Except(["tally.slot"]), Is.EquivalentTo(inSqlite));
        }
    }

    private static IHost Host(params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddLogging().AddQueue(builder.Configuration);
        return builder.Build();
    }
}
