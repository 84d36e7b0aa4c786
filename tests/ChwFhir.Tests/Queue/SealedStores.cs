using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

/// <summary>Stores with a marker wherever a person's words or names can stand, and what whoever has their files or their database sees.</summary>
internal static class SealedStores
{
    internal const string Marker = "MARKERWORD";

    // What is still as it was found out.
    internal static async Task StayAsync(SomeStore some, string id)
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

    internal static async Task<long> TellAsync(SomeStore some, string id)
    {
        var message = new IncomingMessage(
            $"message/{id}", "message", "h", "Practitioner/chw-1", "chw", "routine", false, false, ["Practitioner/nurse"], TheVisit, TheVisit, TheVisit, Bytes("message"),
            [new IncomingNotification("webhook", $"https://{id}.example", ["Practitioner/nurse"])]);
        return (await some.Store.AcceptAsync(Note(id, $"Patient/{id}") with { Messages = [message] }, default)).Note.Messages.Single().Number;
    }

    // Each value in its own row, and in the rows of all others of its column.
    internal static (IReadOnlyList<string> Opened, IReadOnlyList<string> Moved) Cross(Session session)
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

    internal static async Task<IReadOnlyList<string>> KeysOfRowsAsync(SomeStore some) => await some.Store.ReadAsync(
        session => session.Rows("SELECT 'resource ' || key FROM resource UNION ALL SELECT 'refusal ' || key FROM refusal UNION ALL SELECT 'held_decision ' || key FROM held_decision", row => row.GetString(0)), default);

    internal static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    internal static Task<string[]> KeysAsync(SomeStore some) => some.Store.ReadAsync(
        session => session.Rows("SELECT id, wrapped FROM data_key ORDER BY id", row => $"{row.GetInt64(0)} {Convert.ToHexString(row.GetFieldValue<byte[]>(1))}").ToArray(), default);

    internal static Task<int> KeyOfInputAsync(SomeStore some, long number) => some.Store.ReadAsync(
        session => session.Row("SELECT body FROM note_input WHERE number = $1", row => (int)row.GetFieldValue<byte[]>(0)[4], number), default);

    // A note, a message, a reply, a decision: each with the marker wherever a person's words or names can stand.
    internal static async Task UseAsync(SomeStore some, string other = "")
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
    internal static int Unseal(Session session, MasterKeys masters)
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
    internal static int NotSaid(Session session, MasterKeys masters)
    {
        var index = masters.Current.Unwrap(Vault.IndexKey, session.Row("SELECT wrapped FROM data_key WHERE id = 0", row => row.GetFieldValue<byte[]>(0))!, out _);
        return session.Execute("UPDATE data_key SET wrapped = $1 WHERE id = 0", masters.Current.Wrap(Vault.IndexKey, index, allIsSealed: false));
    }

    internal static async Task WaitAsync(Func<bool> met)
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
    internal static async Task<IReadOnlyList<string>> FoundAsync(SomeStore some)
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
