using System.Security.Cryptography;
using ChwFhir.Audit;
using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;
using ChwFhir.Tests.Audit;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SealedStores;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

/// <summary>Somebody who can write into the database and has no key.</summary>
[TestFixture(StorageOptions.Sqlite)]
[TestFixture(StorageOptions.Postgres)]
public sealed class When_what_is_sealed_was_changed(string provider)
{
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
}
