using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChwFhir.Audit;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;
using ChwFhir.Tests.Audit;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

[TestFixture(StorageOptions.Sqlite)]
[TestFixture(StorageOptions.Postgres)]
public sealed class When_the_store_is_sealed(string provider)
{
    private const string Marker = "MARKERWORD";

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
    public async Task A_key_that_opens_no_more_stops_no_service_and_is_tried_again()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var sound = await KeysAsync(some);
        await some.Store.WriteAsync(session => session.Execute("UPDATE data_key SET wrapped = $1 WHERE id = 1", new byte[60]), default);
        var looks = 0;
        using var renewal = new KeyRenewal(() => { looks++; return some.Store; }, some.Clock, NullLogger<KeyRenewal>.Instance);
        await renewal.StartAsync(default);

        for (var day = 0; day < 2; day++)
        {
            await WaitAsync(() => some.Clock.Waiting > 0);
            some.Clock.Advance(TimeSpan.FromHours(12));
            await WaitAsync(() => looks == day + 1);
        }
        await WaitAsync(() => some.Clock.Waiting > 0 || renewal.ExecuteTask!.IsCompleted);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sound, Has.Length.EqualTo(2));
            Assert.That(renewal.ExecuteTask!.IsCompleted, Is.False);
        }
        await renewal.StopAsync(default);
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

    [Test]
    public void What_a_key_file_says_to_people_may_have_any_words()
    {
        var (present, former) = (NewKey(), NewKey());

        var keys = MasterKeys.Parse($"# made on Monday, by Ada\n{present}\n  # the one before\n{former}\n");

        Assert.That(keys?.Current.Id, Is.EqualTo(MasterKeys.Parse(present)!.Current.Id));
        Assert.That(keys!.Find(MasterKeys.Parse(former)!.Current.Id), Is.Not.Null);
    }

    [Test]
    public async Task What_is_sealed_opens_in_its_own_row_and_in_no_other()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await UseAsync(some);
        await UseAsync(some, "2");
        await StayAsync(some, "3");
        await StayAsync(some, "4");

        var (opened, moved) = await some.Store.ReadAsync(Cross, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(opened, Is.EquivalentTo(SealedTables.All.SelectMany(table => table.Columns.Where(column => column.Secret is KeptSecret).Select(column => $"{table.Name}.{column.Name}"))), "each was looked at");
            Assert.That(moved, Is.Empty);
        }
    }

    [TestCase("UPDATE note SET patient = (SELECT patient FROM note AS other WHERE other.number <> note.number LIMIT 1) WHERE number = $1")]
    [TestCase("UPDATE note SET whose = (SELECT whose FROM note AS other WHERE other.number <> note.number LIMIT 1) WHERE number = $1")]
    [TestCase("UPDATE note SET author = NULL WHERE number = $1")]
    [TestCase("UPDATE note SET whose = NULL WHERE number = $1")]
    public async Task A_note_that_was_given_to_another_is_believed_by_nobody(string statement)
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = await some.AcceptAsync("a", "Patient/a");
        await some.AcceptAsync("b", "Patient/b");
        await some.Store.WriteAsync(session => session.Execute(statement, number), default);

        var listed = await some.Store.ListAsync(new NoteFilter(TheEhr), default);

        Assert.That(listed.Items.Select(note => (note.IsDamaged, note.Patient)), Is.EquivalentTo(new[] { (true, "unreadable"), (false, "Patient/b") }));
    }

    [TestCase("UPDATE message SET patient = (SELECT patient FROM message AS other WHERE other.number <> message.number LIMIT 1) WHERE number = $1")]
    [TestCase("UPDATE message SET note_number = (SELECT note_number FROM message AS other WHERE other.number <> message.number LIMIT 1) WHERE number = $1")]
    [TestCase("UPDATE message SET body = (SELECT body FROM message AS other WHERE other.number <> message.number LIMIT 1) WHERE number = $1")]
    public async Task A_message_that_was_damaged_holds_up_no_inbox_and_its_note_waits_for_a_person(string statement)
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var (first, _) = (await TellAsync(some, "a"), await TellAsync(some, "b"));
        await some.Store.WriteAsync(session => session.Execute(statement, first), default);

        var inbox = await some.Store.ListMessagesAsync(new MessageFilter(TheEhr, ["Practitioner/nurse"], "Practitioner/nurse"), default);
        var overdue = await some.Store.OverdueMessagesAsync(TheEhr, 10, default);
        await some.Store.SetAsideAsync(first, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(inbox.Items.Select(message => message.Patient), Is.EqualTo(new[] { "Patient/b" }));
            Assert.That(overdue.Single(message => message.IsDamaged).Number, Is.EqualTo(first));
            Assert.That((await some.Store.OverdueMessagesAsync(TheEhr, 10, default)).Select(message => message.IsDamaged), Is.EqualTo(new[] { false }));
            Assert.That(async () => await some.Store.FindMessageAsync(TheEhr, first, default), Throws.InstanceOf<SealBrokenException>());
        }
    }

    [Test]
    public async Task A_notification_whose_target_was_damaged_goes_nowhere_and_the_next_goes_on()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await TellAsync(some, "a");
        await TellAsync(some, "b");
        await some.Store.WriteAsync(session => session.Execute("UPDATE notification SET target = addressed WHERE id = 1"), default);

        var due = await some.Store.TakeNotificationAsync(TheEhr, "webhook", TheLease, default);

        Assert.That(due?.Target, Is.EqualTo("https://b.example"));
    }

    [Test]
    public async Task An_audit_record_in_clear_behind_sealed_ones_is_none()
    {
        await using var audit = await SomeAudit.OpenAsync(provider);
        await audit.Log.AppendAsync(SomeAudit.Read("Patient/a", "somebody"), default);
        var forged = AuditBody.Write(SomeAudit.Read("Patient/b", "nobody") with { When = audit.Some.Clock.GetUtcNow() });
        // Everything is right of it but that it is in clear: whoever can write to the database can make it so.
        await audit.Some.Store.WriteAsync(
            session =>
            {
                AuditRows.Append(session, audit.Log.Chain, [new AuditRows.Link(audit.Some.Clock.GetUtcNow().ToUnixTimeMilliseconds(), "nobody", "Patient/b", "read", "success", forged)]);
                return true;
            }, default);

        var verified = await audit.Log.VerifyAsync([], default);
        var listed = await audit.Log.ListAsync(new AuditFilter(), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verified.Faults.Select(fault => (fault.Kind, fault.From)), Is.EqualTo(new[] { (AuditFaultKind.Changed, 2L) }));
            Assert.That(listed.Items.Select(entry => entry.Record.Subject), Is.EqualTo(new[] { "unreadable", "somebody" }));
        }
    }

    [Test]
    public async Task A_value_that_was_changed_or_moved_is_not_believed_and_the_note_waits_for_a_person()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = await some.AcceptAsync("a", "Patient/a");
        await some.AcceptAsync("b", "Patient/b");
        // The author of another kind of value: a patient.
        await some.Store.WriteAsync(session => session.Execute("UPDATE note SET author = patient WHERE number = $1", number), default);

        var listed = await some.Store.ListAsync(new NoteFilter(TheEhr), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed.Items.Select(note => (note.IsDamaged, note.Patient)), Is.EquivalentTo(new[] { (true, "unreadable"), (false, "Patient/b") }));
            Assert.That((await some.Store.ReadAsync(number, default))!.Issues.Single().Code, Is.EqualTo("store-damaged"));
            Assert.That(
                async () => await some.Store.WriteAsync(session => session.Execute("UPDATE note_input SET body = $1", new byte[80]), default).ContinueWith(_ => some.Store.ReadContentAsync(number, default)).Unwrap(),
                Throws.InstanceOf<CryptographicException>());
        }
    }

    [Test]
    public async Task Another_key_stops_the_start_in_one_line_and_changes_nothing()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.AcceptAsync("a");
        var right = some.Options.Key;
        var keys = await KeysAsync(some);
        await some.Store.DisposeAsync();

        some.Options.Key = NewKey();
        var refused = await Assert.CatchAsync<StorageInUseException>(() => SomeStore.OpenAsync(some.Options, some.Clock));
        some.Options.Key = right;
        await some.ReopenAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused!.Message, Does.StartWith("Storage__Key").And.Not.Contain("\n"));
            Assert.That(await KeysAsync(some), Is.EqualTo(keys));
            Assert.That(await some.Store.FindAsync(TheEhr, "a", default), Is.Not.Null);
        }
    }

    [Test]
    public async Task A_new_master_key_takes_over_and_the_former_one_is_needed_no_more()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        some.Options.Key ??= await File.ReadAllTextAsync(Path.Combine(some.Directory, OwnKey.Name));
        await some.AcceptAsync("a");
        var (former, next) = (some.Options.Key, NewKey());

        some.Options.Key = $"{next}\n{former}";
        await some.ReopenAsync();
        some.Options.Key = next;
        await some.ReopenAsync();

        Assert.That((await some.Store.FindAsync(TheEhr, "a", default))?.Patient, Is.EqualTo("Patient/p1"));
    }

    [Test]
    public async Task A_key_that_has_served_its_time_is_followed_by_a_new_one_and_still_opens_what_it_sealed()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var old = await some.AcceptAsync("a");

        some.Clock.Advance(TimeSpan.FromDays(31));
        await some.Store.RenewKeyAsync(default);
        var young = await some.AcceptAsync("b");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await KeyOfInputAsync(some, old), Is.EqualTo(1));
            Assert.That(await KeyOfInputAsync(some, young), Is.EqualTo(2));
            Assert.That((await some.Store.ReadContentAsync(old, default)).Input.ToArray(), Is.EqualTo("{}"u8.ToArray()));
            Assert.That((await some.Store.ReadContentAsync(young, default)).Input.ToArray(), Is.EqualTo("{}"u8.ToArray()));
        }
    }

    // What is still as it was found out.
    private static async Task StayAsync(SomeStore some, string id)
    {
        var number = (await some.Store.AcceptAsync(Note(id, $"Patient/{id}") with { SentAs = new SentAs("text/html", $"Patient/{id}") }, default)).Note.Number;
        var claim = await some.MustClaimAsync();
        var row = new ResourceRow("goal/1", "Goal", ResourceState.Pending, null, null, null, null);
        await some.Store.SaveResolvedAsync(claim, number, $"Patient/{id}", Bytes("resolved"), [], default);
        await some.Store.SaveMappedAsync(claim, number, Bytes("mapped"), "document", [row], [], Bytes("held"), default);
        await some.Store.SavePlanAsync(claim, number, Bytes("plan"), [row], default);
        await some.Store.RefuseAsync(claim, number, row.Key, "refused", default);
        await some.Store.KeepConcernWordAsync(TheEhr, $"Patient/{id}", new ConcernWordRow("concern/1", "confirmed", "a reason", "somebody", "A Name", "clinician", TheVisit), default);
        await some.Store.KeepStaffAsync(TheEhr, new StaffRow($"subject {id}", "A Name", ["nurse"], TheVisit), default);
        await some.Store.DecideHeldAsync(TheEhr, id, (await some.Store.ReadAsync(number, default))!.Revision, new HeldDecision("goal/1", "mark", false, "kept back", "somebody", "clinician"), ToldAnew.Nothing, default);
        await some.FinishAsync(claim, number, NoteState.NeedsAttention);
        await some.Store.ReleaseAsync(claim, default);
    }

    private static async Task<long> TellAsync(SomeStore some, string id)
    {
        var message = new IncomingMessage(
            $"message/{id}", "message", "h", "Practitioner/chw-1", "chw", "routine", false, false, ["Practitioner/nurse"], TheVisit, TheVisit, TheVisit, Bytes("message"),
            [new IncomingNotification("webhook", $"https://{id}.example", ["Practitioner/nurse"])]);
        return (await some.Store.AcceptAsync(Note(id, $"Patient/{id}") with { Messages = [message] }, default)).Note.Messages.Single().Number;
    }

    // Each value in its own row, and in the rows of all others of its column.
    private static (IReadOnlyList<string> Opened, IReadOnlyList<string> Moved) Cross(Session session)
    {
        var vault = session.Database.Vault!;
        List<string> opened = [], moved = [];
        foreach (var table in SealedTables.All)
        {
            var rows = session.Rows(
                $"SELECT {string.Join(", ", table.Keys.Concat(table.Columns.Select(column => column.Name)).Concat(table.NamedBy))} FROM {table.Name}",
                row => (Name: NameOf(vault, table, row), Values: table.Columns.Select((_, i) => row.IsDBNull(table.Keys.Count + i) ? null : row.GetValue(table.Keys.Count + i)).ToArray()));
            foreach (var (column, i) in table.Columns.Select((column, i) => (column, i)).Where(one => one.column.Secret is KeptSecret))
            {
                var there = rows.Where(row => row.Values[i] is not null).ToList();
                if (there.Exists(row => Opens(row.Values[i]!, row.Name)))
                    opened.Add($"{table.Name}.{column.Name}");
                if (there.Exists(row => !Opens(row.Values[i]!, row.Name)) || there.Exists(row => there.Exists(other => other.Name != row.Name && Opens(row.Values[i]!, other.Name))))
                    moved.Add($"{table.Name}.{column.Name}");

                bool Opens(object value, RowName name)
                {
                    try
                    {
                        Clear(vault, column, value, name);
                        return true;
                    }
                    catch (SealBrokenException)
                    {
                        return false;
                    }
                }
            }
        }
        return (opened, moved);
    }

    private static async Task<IReadOnlyList<string>> KeysOfRowsAsync(SomeStore some) => await some.Store.ReadAsync(
        session => session.Rows("SELECT 'resource ' || key FROM resource UNION ALL SELECT 'refusal ' || key FROM refusal UNION ALL SELECT 'held_decision ' || key FROM held_decision", row => row.GetString(0)), default);

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static Task<string[]> KeysAsync(SomeStore some) => some.Store.ReadAsync(
        session => session.Rows("SELECT id, wrapped FROM data_key ORDER BY id", row => $"{row.GetInt64(0)} {Convert.ToHexString(row.GetFieldValue<byte[]>(1))}").ToArray(), default);

    private static Task<int> KeyOfInputAsync(SomeStore some, long number) => some.Store.ReadAsync(
        session => session.Row("SELECT body FROM note_input WHERE number = $1", row => (int)row.GetFieldValue<byte[]>(0)[4], number), default);

    // A note, a message, a reply, a decision: each with the marker wherever a person's words or names can stand.
    private static async Task UseAsync(SomeStore some, string other = "")
    {
        var mark = Marker + other;
        var store = some.Store;
        var message = new IncomingMessage(
            $"message/{mark}", "message", $"{mark} hash", $"Practitioner/{mark}", "chw", "routine", false, false, [$"CareTeam/{mark}", $"Practitioner/{mark}-nurse"], TheVisit, TheVisit, null,
            Bytes("message"), [new IncomingNotification("webhook", $"https://{mark}.example", [$"Practitioner/{mark}-nurse"])]);
        var incoming = Note($"{mark} id", $"Patient/{mark}", author: $"Practitioner/{mark}") with
        {
            Hash = $"{mark} hash", Input = Bytes("narrative"), Issues = [new NoteIssue("warning", "w", null, $"{mark} issue")], SentBy = $"{mark} sent", Sender = $"Practitioner/{mark}-sender",
            SentAs = new SentAs("text/html", $"Patient/{mark}"), Messages = [message], Suggestions = [new IncomingSuggestion($"{mark} suggestion", $"{mark} body")],
        };
        var number = (await store.AcceptAsync(incoming, default)).Note.Number;
        var told = (await store.FindMessageAsync(TheEhr, incoming.Id, message.Key, default))!;
        await store.ChangeMessageAsync(
            TheEhr, told.Number,
            _ => new MessageChange("replied", $"Practitioner/{mark}", "nurse", MessageReach.Taken, true)
            {
                TakenBy = $"Practitioner/{mark}", Outcome = $"{mark} outcome", Detail = $"{mark} detail", Known = [($"{mark} pain", "2026-12-01")],
                Reply = new IncomingReply($"{mark} reply", $"{mark} hash", Bytes("reply"), _ => Bytes("fhir"), []),
            }, default);

        await store.AcceptAsync(Note($"{mark} outside", $"Patient/{mark}", author: $"Practitioner/{mark}") with { Panel = NotePanel.Outside }, default);
        await store.RefuseReleaseAsync(TheEhr, $"{mark} outside", $"{mark} supervisor", $"{mark} panel reason", default);
        var claim = await some.MustClaimAsync();
        await store.SaveResolvedAsync(claim, number, $"Patient/{mark}", Bytes("resolved"), [], default);
        var row = new ResourceRow($"goal/{mark}", "Goal", ResourceState.Pending, null, null, null, $"{mark} identity");
        await store.SaveMappedAsync(claim, number, Bytes("mapped"), $"{mark} document", [row], [], Bytes("held"), default);
        await store.SavePlanAsync(claim, number, Bytes("plan"), [row], default);
        await store.RefuseAsync(claim, number, row.Key, $"{mark} refusal", default);
        var intent = await some.IntendAsync(claim, number, row.Key);
        await store.RecordAsync(
            claim, intent, new IntentOutcome(OutcomeWord.Done, 201, $"{mark} detail", TimeSpan.Zero), [row with { State = ResourceState.Written, Reference = $"Goal/{mark}", How = $"{mark} how" }],
            [new LongLivedRow($"goal/{mark}", "Goal", $"Goal/{mark}", null, Bytes("body"), TheVisit, $"{mark} folded") { Seen = Bytes("seen"), Applied = Bytes("applied") }], default);
        await some.FinishAsync(claim, number, NoteState.NeedsAttention);
        await store.ReleaseAsync(claim, default);
        await store.DecideAsync(number, (await store.ReadAsync(number, default))!.Revision, new Decision(row.Key, DecisionWord.SendAgain, $"Goal/{mark}", $"{mark} reason", $"{mark} decider"), default);
        await store.AmendAsync(
            new IncomingAmendment(TheEhr, incoming.Id, (await store.ReadAsync(number, default))!.Revision, incoming.Author, $"{mark} other", TheVisit, Bytes("narrative, changed"), incoming.Issues) { Messages = [message] }, default);
        claim = await some.MustClaimAsync();
        await store.PromoteAsync(claim, number, default);
        await store.RetractAsync(new IncomingRetraction(TheEhr, incoming.Id, $"{mark} retraction", null), default);
        await store.BeginRetractionAsync(claim, number, default);
        await store.AskRemovalAsync(claim, number, [new RemovalRow(row.Key, "Goal", $"Goal/{mark}", $"{mark} why")], default);
        await some.FinishAsync(claim, number, NoteState.Retracted);
        await store.ReleaseAsync(claim, default);
        await store.SwitchAsync(TheEhr + other, stop: true, $"{mark} operator", $"{mark} pause", default);
        await store.TickOffRemovalAsync(TheEhr, incoming.Id, row.Key, $"{mark} office", default);
    }

    private static byte[] Bytes(string what) => Encoding.UTF8.GetBytes($$"""{"text":"{{Marker}} {{what}}"}""");

    // As it was before there were seals.
    private static int Unseal(Session session, MasterKeys masters)
    {
        var vault = session.Database.Vault!;
        foreach (var table in SealedTables.All)
        {
            var columns = string.Join(", ", table.Columns.Select(column => column.Name));
            foreach (var (keys, values) in session.Rows(
                $"SELECT {string.Join(", ", table.Keys)}, {columns}{string.Concat(table.NamedBy.Select(column => $", {column}"))} FROM {table.Name}",
                row => (table.Keys.Select((_, i) => row.GetValue(i)).ToArray(), table.Columns.Select((column, i) => row.IsDBNull(table.Keys.Count + i) ? null : Clear(vault, column, row.GetValue(table.Keys.Count + i), NameOf(vault, table, row))).ToArray())))
                session.Execute(
                    $"UPDATE {table.Name} SET {string.Join(", ", table.Columns.Select((column, i) => $"{column.Name} = ${table.Keys.Count + i + 1}"))} WHERE {string.Join(" AND ", table.Keys.Select((key, i) => $"{key} = ${i + 1}"))}",
                    [.. keys, .. values]);
        }
        session.Execute("UPDATE note SET whose = NULL");
        session.Execute("UPDATE message SET whose = NULL");
        NotSaid(session, masters);
        return session.Execute("DELETE FROM sealed_table");
    }

    // Only the master key can take back that all is sealed.
    private static int NotSaid(Session session, MasterKeys masters)
    {
        var index = masters.Current.Unwrap(Vault.IndexKey, session.Row("SELECT wrapped FROM data_key WHERE id = 0", row => row.GetFieldValue<byte[]>(0))!, out _);
        return session.Execute("UPDATE data_key SET wrapped = $1 WHERE id = 0", masters.Current.Wrap(Vault.IndexKey, index, allIsSealed: false));
    }

    private static async Task WaitAsync(Func<bool> met)
    {
        for (var i = 0; !met() && i < 1000; i++) await Task.Delay(10);
        Assert.That(met(), "in time");
    }

    // After its keys and its sealed columns come those that it is named by; some are found by, and sealed.
    private static RowName NameOf(Vault vault, SealedTable table, StoreRow row)
    {
        var before = table.Keys.Count + table.Columns.Count;
        return table.Row([.. table.NamedBy.Select((name, i) => table.Columns.FirstOrDefault(column => column.Name == name) is { Secret: FoundSecret found } ? vault.OpenText(found, row.GetString(before + i)) : row.GetValue(before + i))]);
    }

    private static object Clear(Vault vault, SealedColumn column, object value, RowName name) => (value, column.Secret) switch
    {
        (byte[] bytes, KeptSecret kept) => vault.Open(kept, bytes, name),
        (string text, KeptSecret kept) => vault.OpenText(kept, text, name),
        (string text, FoundSecret found) when column.IsList => JsonSerializer.Serialize(JsonSerializer.Deserialize<string[]>(text)!.Select(one => vault.OpenText(found, one))),
        (string text, FoundSecret found) => vault.OpenText(found, text),
        _ => throw new InvalidDataException(column.Name),
    };

    // In the files of the folder; in PostgreSQL in each row of each table.
    private static async Task<IReadOnlyList<string>> FoundAsync(SomeStore some)
    {
        List<string> found = [];
        if (!some.IsShared)
        {
            foreach (var file in Directory.GetFiles(some.Directory, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var all = new MemoryStream();
                await stream.CopyToAsync(all);
                if (all.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(Marker)) >= 0)
                    found.Add(Path.GetFileName(file));
            }
            return found;
        }
        foreach (var table in await some.Store.ReadAsync(session => session.Rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'", row => row.GetString(0)), default))
        {
            // Bytes are shown as hexadecimal digits.
            var rows = await some.Store.ReadAsync(session => session.Rows($"SELECT {table}::TEXT FROM {table}", row => row.GetString(0)), default);
            if (rows.Exists(row => row.Contains(Marker, StringComparison.Ordinal) || row.Contains(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Marker)), StringComparison.Ordinal)))
                found.Add(table);
        }
        return found;
    }
}
