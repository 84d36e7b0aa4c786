using System.Diagnostics;
using System.Text.RegularExpressions;
using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed partial class When_very_many_notes_wait(string provider)
{
    [Test]
    public async Task No_statement_of_a_note_s_way_reads_a_whole_table()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await UseEverythingAsync(some);

        List<(string Sql, string Plan)> plans = some.IsShared ? await PostgresPlansAsync(some) : [.. await some.Store.WriteAsync(Plans, default), .. await some.Store.ReadAsync(Plans, default)];

        using var all = Assert.EnterMultipleScope();
        Assert.That(plans, Has.Count.GreaterThan(30));
        foreach (var (sql, plan) in plans)
        {
            if (some.IsShared)
            {
                Assert.That(plan, Does.Not.Match($@"Seq Scan on ({Growing})\b"), sql);
                continue;
            }
            // A row that others may point to: SQLite lists the check of those, and passes over it while no constraint is broken.
            var walked = sql.StartsWith("INSERT INTO", StringComparison.Ordinal) ? Regex.Replace(plan, @"^SCAN (note|notification|known_symptom)$", "", RegexOptions.Multiline) : plan;
            // An index of only what is open is as small as that is.
            Assert.That(walked.Replace("SCAN removal USING INDEX removal_open", "", StringComparison.Ordinal), Does.Not.Match($@"SCAN ({Growing})\b"), sql);
            // What presses first depends on the hour, so no index has that order: the inbox sorts what is open, and no more.
            var isInbox = sql.Contains("message.open = 1", StringComparison.Ordinal) && sql.Contains("ORDER BY CASE", StringComparison.Ordinal);
            if (sql.Contains("LIMIT", StringComparison.Ordinal) && !isInbox) Assert.That(plan, Does.Not.Contain("TEMP B-TREE"), sql);
        }
    }

    [Test]
    public async Task A_claim_walks_the_index_of_due_lanes_in_its_order()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await UseEverythingAsync(some);

        List<(string Sql, string Plan)> plans = some.IsShared ? await PostgresPlansAsync(some) : await some.Store.WriteAsync(Plans, default);

        var claim = plans.First(plan => plan.Sql.StartsWith("SELECT id, token, patient FROM lane WHERE ehr_id = $1 AND due_at <= $2 ORDER BY due_at", StringComparison.Ordinal)).Plan;
        Assert.That(claim, Does.Contain("lane_due").And.Not.Contain("Sort").And.Not.Contain("TEMP B-TREE"));
    }

    [Test]
    public async Task Claims_and_receipts_take_as_long_as_with_a_few()
    {
        await using var few = await FilledAsync(1_000);
        await using var many = await FilledAsync(200_000);
        // By turns, and the median of how many times as long: whatever else the machine does holds up both, and says nothing about the queue.
        List<double> times = [];
        for (var i = 0; i < 51; i++)
        {
            var took = await RoundAsync(few, i);
            times.Add(await RoundAsync(many, i) / took);
        }

        Assert.That(times.Order().ElementAt(times.Count / 2), Is.LessThan(10));
    }

    private const int Bite = 5_000;

    private async Task<SomeStore> FilledAsync(int notes)
    {
        var some = await SomeStore.OpenAsync(provider);
        await some.AcceptAsync("first", "Patient/first");
        // In bites: a machine with other work to do takes longer for all of them than a statement may.
        for (var from = 0; from < notes; from += Bite)
            await some.Store.WriteAsync(session => Fill(session, from, Math.Min(Bite, notes - from), session.Now - notes + from), default);
        await RoundAsync(some, -1);
        return some;
    }

    private static async Task<TimeSpan> RoundAsync(SomeStore some, int i)
    {
        var watch = Stopwatch.StartNew();
        await some.AcceptAsync($"new{i}", $"Patient/{i + 7}");
        var claim = await some.MustClaimAsync();
        var intent = await some.IntendAsync(claim, claim.Numbers[0], "encounter");
        await some.RecordAsync(claim, intent, OutcomeWord.Done);
        await some.FinishAsync(claim, claim.Numbers[0], NoteState.Written);
        await some.Store.ReleaseAsync(claim, default);
        await some.Store.CountAsync(TheEhr, default);
        return watch.Elapsed;
    }

    /// <summary>Five notes a patient, received before now.</summary>
    private static int Fill(Session session, int from, int notes, long since)
    {
        // One transaction that counts one row 200,000 times is not what PostgreSQL is for, nor what the service does.
        if (session.Database.Shared) session.Execute("ALTER TABLE note DISABLE TRIGGER USER");
        var filled = FillLanes(session, from, notes, since);
        if (session.Database.Shared) session.Execute("ALTER TABLE note ENABLE TRIGGER USER");
        return filled;
    }

    private static int FillLanes(Session session, int from, int notes, long since)
    {
        session.Execute(
            $"WITH filling (patient) AS ({session.Database.TextsIn("$1")}) INSERT INTO lane (ehr_id, patient, due_at) SELECT 1, patient, $2 + row_number() OVER () FROM filling",
            Secret.Patient.Any(Enumerable.Range(from / 5 + 1, notes / 5).Select(i => $"Patient/{i}")), since);
        // Their ids follow each other: whoever joins by a place of its own walks all of them for each note.
        var first = session.Row("SELECT MAX(id) FROM lane", row => row.GetInt64(0)) - notes / 5 + 1;
        return session.Execute(
            $"""
            WITH filling (id) AS ({session.Database.TextsIn("$1")}), numbered (id, i) AS (SELECT id, row_number() OVER () FROM filling)
            INSERT INTO note (ehr_id, id, kind, lane_id, patient, hash, state, received_at, updated_at, visit_at, visit_offset)
            SELECT 1, numbered.id, 'visit-note', lane.id, lane.patient, $3, 'queued', $2 + i, $2 + i, $2, 0 FROM numbered JOIN lane ON lane.id = $4 + i % $5
            """,
            Secret.CallersId.Any(Enumerable.Range(from, notes).Select(i => $"fill{i}")), since, Secret.Hash.Of("h", RowName.Note(0)), first, notes / 5);
    }

    // Every table that grows with the notes; learned, endpoint_switch, ehr and tally do not.
    private const string Growing = @"note|lane|intent|outcome|resource|long_lived|note_\w+|message|message_\w+|notification|known_symptom|decision|refusal|retraction|removal";

    private static async Task UseEverythingAsync(SomeStore some)
    {
        await UseMessagesAsync(some);
        await UseDecisionsAsync(some);
        await UseAmendmentsAsync(some);
        var store = some.Store;
        var number = await some.AcceptAsync("a");
        await some.AcceptAsync("b", "Patient/b");
        var claim = await some.MustClaimAsync();
        await store.RenewAsync(claim, TheLease, default);
        var row = new ResourceRow("encounter", "Encounter", ResourceState.Pending, null, null, null, null);
        await store.SaveResolvedAsync(claim, number, "Patient/p1", new byte[] { 1 }, [], default);
        await store.SaveMappedAsync(claim, number, new byte[] { 1 }, "d", [row], [], null, default);
        await store.SavePlanAsync(claim, number, new byte[] { 1 }, [row], default);
        var intent = await some.IntendAsync(claim, number, "encounter");
        await store.RecordAsync(claim, intent, new IntentOutcome(OutcomeWord.Done, 201, null, TimeSpan.Zero), [row], [new LongLivedRow("k", "Goal", null, null, new byte[] { 1 }, TheVisit, null)], default);
        await some.FinishAsync(claim, number, NoteState.NeedsAttention);
        await store.ReleaseAsync(claim, default);
        await store.RetryAsync(TheEhr, "a", default);
        var other = await some.MustClaimAsync();
        await store.SaveResolvedAsync(other, other.Numbers[0], "Patient/moved", new byte[] { 1 }, [], default);
        await store.SaveLearnedAsync(TheEhr, "Goal", "create", TheVisit, default);

        await store.SwitchAsync(TheEhr, stop: true, "somebody", null, default);
        await store.SwitchAsync(TheEhr, default);
        await store.CountDeliveryAsync(TheEhr, default);
        await store.CountAttentionAsync(TheEhr, default);
        await store.CountUnopenedAsync(TheEhr, default);
        await store.RetryAllAsync(TheEhr, "none", default);
        await store.PruneAsync(0, TheVisit, 10, default);
        await store.WriteAsync(session => TransportCopies.Prune(session, [number], TheVisit), default);

        await store.FindAsync(TheEhr, "a", default);
        await store.ReadAsync(number, default);
        await store.ReadContentAsync(number, default);
        await store.OpenIntentsAsync(number, default);
        await store.HistoryAsync(number, default);
        await store.LongLivedAsync(TheEhr, "Patient/p1", default);
        await store.VisitsBeforeAsync(TheEhr, "Patient/p1", TheVisit, 5, default);
        await store.OpenIntentsOfAsync(TheEhr, "Patient/p1", default);
        await store.LatestWrittenAsync(TheEhr, "Goal", 3, default);
        await store.CountAsync(TheEhr, default);
        await store.OtherEhrsWithWorkAsync(TheEhr, default);
        await store.LearnedAsync(TheEhr, default);
        await store.WaitForWorkAsync(TheEhr, default);
        foreach (var state in Enum.GetValues<NoteState>()) await store.ListAsync(new NoteFilter(TheEhr, State: state, Cursor: "5.5"), default);
        await store.ListAsync(new NoteFilter(TheEhr), default);
        await store.ListAsync(new NoteFilter(TheEhr, Patient: "Patient/p1", Since: TheVisit, Cursor: "5.5"), default);
        await store.ListAsync(new NoteFilter(TheEhr, Author: "Practitioner/chw-1"), default);
        await store.ListAsync(new NoteFilter(TheEhr, "Patient/p1", "Practitioner/chw-1", NoteState.Queued, TheVisit, Cursor: "5.5"), default);
    }

    private static async Task UseMessagesAsync(SomeStore some)
    {
        var store = some.Store;
        var note = (await store.AcceptAsync(Note("told", "Patient/told") with { Messages = [Message("message/m1")] }, default)).Note;
        await store.KeepMessageAsync(TheEhr, "Patient/told", Message("message") with { ClientId = "by-itself" }, default);
        await store.TellMoreAsync(note.Number, [Message("message/m2")], default);
        var page = await store.ListMessagesAsync(new MessageFilter(TheEhr, ["nurse"], "Practitioner/n"), default);
        foreach (var filter in new MessageFilter[] { new(TheEhr, ["nurse"], "Practitioner/n", Open: false) { Cursor = page.Next }, new(TheEhr, ["nurse"], "Practitioner/n", Mine: true) { Patient = "Patient/told", To = "nurse", ReadsCareTeams = true } })
            await store.ListMessagesAsync(filter, default);
        var message = (await store.FindMessageAsync(TheEhr, "told", "message/m1", default))!;
        await store.MessageHistoryAsync(message.Number, default);
        await store.ChangeMessageAsync(TheEhr, message.Number, _ => new MessageChange("closed", "Practitioner/n", "nurse", MessageReach.Closed, true) { Known = [("pain", "2026-12-01")] }, default);
        await store.KnownUntilAsync(TheEhr, "Patient/told", default);
        some.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var late in await store.OverdueMessagesAsync(TheEhr, 10, default))
            await store.ClimbAsync(TheEhr, late, new MessageRung("supervisor", [], [], null, null), default);
        await store.NextClimbAsync(TheEhr, default);
        await store.NextNotificationAsync(TheEhr, "webhook", default);
        if (await store.TakeNotificationAsync(TheEhr, "webhook", TheLease, default) is { } due)
        {
            await store.NotificationFailedAsync(due.Id, TheVisit, default);
            await store.NotificationSentAsync(due.Id, default);
        }
    }

    private static async Task UseDecisionsAsync(SomeStore some)
    {
        var store = some.Store;
        var number = await some.AcceptAsync("decided", "Patient/decided");
        var claim = await ClaimOfAsync(some, number);
        await store.RefuseAsync(claim, number, "goal/g", "the EHR would not", default);
        await store.RefusalsAsync(number, default);
        await some.FinishAsync(claim, number, NoteState.NeedsAttention);
        await store.ReleaseAsync(claim, default);
        await store.DecideAsync(number, (await store.ReadAsync(number, default))!.Revision, new Decision("encounter", DecisionWord.UseEncounter, "Encounter/1", null, "somebody"), default);
        var decision = (await store.DecisionsAsync(number, default))[0];
        claim = await ClaimOfAsync(some, number);
        await store.SettleAsync(claim, number, new ResourceRow("goal/g", "Goal", ResourceState.Written, "Goal/1", null, null, null), default);
        await store.VoidDecisionAsync(claim, number, decision.Id, default);
        await some.FinishAsync(claim, number, NoteState.Written);
        await store.ReleaseAsync(claim, default);
    }

    private static async Task UseAmendmentsAsync(SomeStore some)
    {
        var store = some.Store;
        var number = await some.AcceptAsync("amended", "Patient/amended");
        var claim = await ClaimOfAsync(some, number);
        await some.IntendAsync(claim, number, "note");
        await some.FinishAsync(claim, number, NoteState.NeedsAttention);
        await store.ReleaseAsync(claim, default);
        await store.AmendAsync(new IncomingAmendment(TheEhr, "amended", (await store.ReadAsync(number, default))!.Revision, null, "other", TheVisit, "{}"u8.ToArray(), []), default);
        claim = await ClaimOfAsync(some, number);
        await store.PromoteAsync(claim, number, default);
        await store.EarlierVersionsAsync(number, default);
        await store.ContributionsAsync(TheEhr, "Patient/amended", "system|value", number, default);
        await store.KeptByAsync(TheEhr, "Patient/amended", "Goal", "why", "none", default);
        await some.FinishAsync(claim, number, NoteState.Written);
        await store.ReleaseAsync(claim, default);
        await store.RetractAsync(new IncomingRetraction(TheEhr, "amended", "entered-in-error", null), default);
        claim = await ClaimOfAsync(some, number);
        await store.BeginRetractionAsync(claim, number, default);
        await store.AskRemovalAsync(claim, number, [new RemovalRow("note", "DocumentReference", null, "why")], default);
        await some.FinishAsync(claim, number, NoteState.Retracted);
        await store.ReleaseAsync(claim, default);
        await store.OpenRemovalsAsync(TheEhr, 10, default);
        await store.RemovalsAsync(number, default);
        await store.TickOffRemovalAsync(TheEhr, "amended", "note", "somebody", default);
    }

    // Whatever else is due is put away until tomorrow.
    private static async Task<Claim> ClaimOfAsync(SomeStore some, long number)
    {
        while (true)
        {
            var claim = await some.MustClaimAsync();
            if (claim.Numbers.Contains(number))
                return claim;
            foreach (var other in claim.Numbers) await some.FinishAsync(claim, other, NoteState.Queued, TimeSpan.FromDays(1));
            await some.Store.ReleaseAsync(claim, default);
        }
    }

    private static IncomingMessage Message(string key) =>
        new(key, "note", "hash", "Practitioner/chw-1", "chw", "urgent", false, false, ["nurse"], TheVisit, TheVisit.AddHours(4), TheVisit.AddHours(4), "{}"u8.ToArray(), [new IncomingNotification("webhook", "", ["nurse"])]);

    private static List<(string Sql, string Plan)> Plans(Session session) =>
    [
        .. session.Statements.ToList()
            .Where(IsQuery)
            .Select(sql => (sql, string.Join('\n', session.Rows($"EXPLAIN QUERY PLAN {sql}", row => row.GetString(3), new object?[Parameters(sql)])))),
    ];

    /// <summary>The plans that PostgreSQL would keep for any values, with its tables too large to be read whole.</summary>
    private static async Task<List<(string Sql, string Plan)>> PostgresPlansAsync(SomeStore some)
    {
        // Each writer has statements of its own.
        var sqls = new HashSet<string>();
        for (var i = 0; i < 200; i++) foreach (var sql in await some.Store.WriteAsync(session => session.Statements.ToList(), default)) sqls.Add(sql);
        foreach (var sql in await some.Store.ReadAsync(session => session.Statements.ToList(), default)) sqls.Add(sql);
        return await some.Store.WriteAsync(
            session =>
            {
                session.Script("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL plan_cache_mode = force_generic_plan");
                return sqls.Where(IsQuery).Select((sql, i) => (sql, Explain(session, sql, $"plan_{i}"))).ToList();
            },
            default);
    }

    private static string Explain(Session session, string sql, string name)
    {
        session.Script($"PREPARE {name} AS {sql}");
        var values = string.Join(", ", Enumerable.Repeat("NULL", Parameters(sql)));
        return string.Join('\n', session.Rows($"EXPLAIN EXECUTE {name}{(values.Length > 0 ? $"({values})" : "")}", row => row.GetString(0)));
    }

    private static bool IsQuery(string sql) => sql.Split(' ', '\n')[0] is "SELECT" or "UPDATE" or "INSERT" or "DELETE" && !sql.StartsWith("SELECT floor", StringComparison.Ordinal);

    private static int Parameters(string sql) => Parameter().Matches(sql).Select(match => int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Parameter();
}
