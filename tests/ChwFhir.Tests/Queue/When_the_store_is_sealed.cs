using System.Text;
using System.Text.Json;
using ChwFhir.Audit;
using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;
using ChwFhir.Tests.Audit;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SealedStores;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

[TestFixture(StorageOptions.Sqlite)]
[TestFixture(StorageOptions.Postgres)]
public sealed class When_the_store_is_sealed(string provider)
{
    /// <summary>Texts that tell of nobody: our own words, numbers as text, types, states, versions, addresses of EHRs, times and hashes of what is random.</summary>
    private static readonly string[] InClear =
    [
        "schema_version.name", "ehr.base_url", "tally.state", "lane.worker", "note.kind", "note.state", "note.panel", "note_input.media_type", "note_version.media_type",
        "resource.type", "resource.state", "resource.version", "intent.method", "intent.interaction", "outcome.word", "long_lived.type", "long_lived.version", "long_lived.times",
        "learned.type", "learned.interaction", "held_decision.role", "staff.roles", "concern_word.word", "concern_word.role", "away.roles", "app_met.met", "audit_cut.chain", "audit_cut.hash", "decision.word", "removal.type", "message.sender_role", "message.kind", "message.urgency", "message.reach", "message.withdrawn",
        "message_event.what", "message_event.role", "message_reply.role", "notification.channel", "notification.state", "known_symptom.until", "suggestion.state",
        "audit_chain.chain", "audit_chain.hash", "audit_record.chain", "audit_record.action", "audit_record.outcome", "audit_record.previous", "audit_record.hash", "audit_cursor.name",
        "app_launch.state_hash", "app_launch.binding_hash", "app_session.id", "app_session.secret_hash", "app_draft_key.holder",
        "data_key.master", "data_key.wrapped", "sealed_table.name",
    ];

    /// <summary>Sealed elsewhere: by the audit log, by the app.</summary>
    private static readonly string[] Elsewhere = ["note.whose", "message.whose", "audit_chain.clear_until", "audit_cut.said", "audit_record.subject", "audit_record.patient", "audit_record.body", "app_launch.body", "app_session.body", "app_draft_key.body"];

    [Test]
    public async Task Nothing_that_tells_of_a_person_can_be_read_in_its_database()
    {
        await using var audit = await SomeAudit.OpenAsync(provider);
        await UseAsync(audit.Some);
        await audit.Log.AppendAsync(SomeAudit.Read($"Patient/{Marker}", $"{Marker} who") with { Name = $"{Marker} name", Why = $"{Marker} why" }, default);

        var found = await FoundAsync(audit.Some);
        var page = await audit.Log.ListAsync(new AuditFilter { Patient = $"Patient/{Marker}" }, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found, Is.Empty);
            Assert.That(page.Items.Single().Record.Name, Is.EqualTo($"{Marker} name"), "but those who have the key find and read it");
        }
    }

    [Test]
    public async Task All_that_went_in_comes_out_again()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await UseAsync(some);
        await some.ReopenAsync();

        var note = await some.Store.FindAsync(TheEhr, $"{Marker} id", default);
        var mine = await some.Store.ListAsync(new NoteFilter(TheEhr) { Patient = $"Patient/{Marker}", Scope = new NoteScope([$"Patient/{Marker}"], [], []) }, default);
        var inbox = await some.Store.ListMessagesAsync(new MessageFilter(TheEhr, [], "Practitioner/other", Open: false) { ReadsCareTeams = true }, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(note?.Author, Is.EqualTo($"Practitioner/{Marker}"));
            Assert.That(note?.Issues.Select(issue => issue.Detail), Has.Member($"{Marker} issue"));
            Assert.That(note?.Resources.Single().Identity, Is.EqualTo($"{Marker} identity"));
            Assert.That(Encoding.UTF8.GetString((await some.Store.ReadContentAsync(note!.Number, default)).Input.Span), Does.Contain($"{Marker} narrative"));
            Assert.That((await some.Store.HistoryAsync(note.Number, default)).Single().Keys, Is.EqualTo(new[] { $"goal/{Marker}" }));
            Assert.That(mine.Items.Select(item => item.Id), Is.EqualTo(new[] { $"{Marker} id" }));
            Assert.That(inbox.Items.Single().To.Select(to => to.Recipient), Is.EqualTo(new[] { $"CareTeam/{Marker}", $"Practitioner/{Marker}-nurse" }));
        }
    }

    [Test]
    public async Task Every_text_and_all_bytes_are_sealed_or_said_to_be_clear()
    {
        await using var some = await SomeStore.OpenAsync(provider);

        var there = await some.Store.ReadAsync(
            session => session.Rows(
                some.IsShared
                    ? "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type IN ('text', 'bytea', 'jsonb')"
                    : "SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND c.type IN ('TEXT', 'BLOB')",
                row => row.GetString(0)), default);

        Assert.That(SealedTables.All.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}")).Concat(InClear).Concat(Elsewhere), Is.EquivalentTo(there));
    }

    [Test]
    public async Task What_stood_in_clear_before_is_sealed_at_the_start_and_gone_from_the_files()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await UseAsync(some);
        var before = await some.Store.FindAsync(TheEhr, $"{Marker} id", default);
        await some.Store.WriteAsync(session => Unseal(session, some.Options.Masters), default);
        Assert.That(await FoundAsync(some), Is.Not.Empty, "as a store of before");

        await some.ReopenAsync();

        var after = await some.Store.FindAsync(TheEhr, $"{Marker} id", default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await FoundAsync(some), Is.Empty);
            Assert.That(JsonSerializer.Serialize(after), Is.EqualTo(JsonSerializer.Serialize(before)));
        }
    }

    [Test]
    public async Task Nobody_has_a_start_seal_what_they_put_there_by_saying_that_nothing_was_sealed_yet()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.AcceptAsync("a", "Patient/a");
        await some.AcceptAsync("b", "Patient/b");
        await some.Store.WriteAsync(
            session => session.Execute("UPDATE note SET patient = (SELECT patient FROM note AS other WHERE other.number <> note.number LIMIT 1)") + session.Execute("DELETE FROM sealed_table WHERE name = '*'"), default);
        await some.Store.DisposeAsync();

        var refused = await Assert.CatchAsync<StorageInUseException>(() => SomeStore.OpenAsync(some.Options, some.Clock));

        Assert.That(refused!.Message, Does.Contain("sealed_table").And.Contain("backup").And.Not.Contain("\n"));
    }

    [Test]
    public async Task A_store_that_was_sealed_before_keys_said_so_opens_and_they_say_so_from_then_on()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.AcceptAsync("a");
        await some.Store.WriteAsync(session => NotSaid(session, some.Options.Masters), default);
        await some.ReopenAsync();
        await some.ReopenAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await some.Store.FindAsync(TheEhr, "a", default), Is.Not.Null);
            Assert.That(await some.Store.ReadAsync(session => DataKeys.AllIsSealed(session, some.Options.Masters), default), Is.True);
        }
    }

    [Test]
    public async Task Nobody_sees_that_two_notes_have_the_same_in_them()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await StayAsync(some, "1");
        await StayAsync(some, "2");
        var fresh = await KeysOfRowsAsync(some);
        // As they were sealed at first.
        await some.Store.WriteAsync(
            session => session.Execute("UPDATE resource SET key = $1", Secret.Key.Of("goal/1")) + session.Execute("UPDATE refusal SET key = $1", Secret.Key.Of("goal/1"))
                + session.Execute("UPDATE held_decision SET key = $1", Secret.Key.Of("goal/1")) + session.Execute("DELETE FROM sealed_table WHERE name = '@'"), default);

        await some.ReopenAsync();

        var notes = await some.Store.ListAsync(new NoteFilter(TheEhr), default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fresh, Has.Count.EqualTo(6).And.Some.Contain("resource"));
            Assert.That(fresh.Select(row => row.Split(' ')[1]).Distinct().Count(), Is.EqualTo(2), "one a note");
            Assert.That(await KeysOfRowsAsync(some), Is.EquivalentTo(fresh), "also what was sealed to the same at first");
            Assert.That(notes.Items.SelectMany(note => note.Resources).Select(row => row.Key), Is.EqualTo(new[] { "goal/1", "goal/1" }));
        }
    }
}
