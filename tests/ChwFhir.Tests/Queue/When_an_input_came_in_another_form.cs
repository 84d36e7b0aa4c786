using System.Text;
using ChwFhir.Queue;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_an_input_came_in_another_form(string provider)
{
    private static readonly SentAs TheText = new("text/plain; charset=utf-8", "Patient/p1", "Encounter/e1", "doc-7");

    [Test]
    public async Task Its_bytes_and_what_was_said_beside_them_are_there_again()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.Store.AcceptAsync(Note("a1", content: "Diet: as before") with { Kind = "after-visit-summary", SentAs = TheText }, default);
        await some.Store.AcceptAsync(Note("a2") with { SentAs = new SentAs("application/cda+xml") }, default);
        await some.Store.AcceptAsync(Note("n1"), default);

        await some.ReopenAsync();

        async Task<NoteContent> ContentAsync(string id) => await some.Store.ReadContentAsync((await some.Store.FindAsync(TheEhr, id, default))!.Number, default);
        var text = await ContentAsync("a1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((text.Kind, text.SentAs, Encoding.UTF8.GetString(text.Input.Span)), Is.EqualTo(("after-visit-summary", TheText, "Diet: as before")));
            Assert.That((await ContentAsync("a2")).SentAs, Is.EqualTo(new SentAs("application/cda+xml")));
            Assert.That((await ContentAsync("n1")).SentAs, Is.EqualTo(SentAs.Json));
        }
    }

    [Test]
    public async Task Each_content_of_it_keeps_its_own_form()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var first = (await some.Store.AcceptAsync(Note("a1", content: "one") with { SentAs = TheText }, default)).Note;
        await some.Store.AmendAsync(
            new IncomingAmendment(TheEhr, "a1", first.Revision, null, "another hash", TheVisit, Encoding.UTF8.GetBytes("two"), []) { SentAs = new SentAs("text/html", "Patient/p1") }, default);

        var claim = await some.MustClaimAsync();
        await some.Store.PromoteAsync(claim, first.Number, default);

        var now = await some.Store.ReadContentAsync(first.Number, default);
        var before = (await some.Store.EarlierVersionsAsync(first.Number, default))[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((Encoding.UTF8.GetString(now.Input.Span), now.SentAs), Is.EqualTo(("two", new SentAs("text/html", "Patient/p1"))));
            Assert.That((Encoding.UTF8.GetString(before.Input.Span), before.SentAs, before.Kind), Is.EqualTo(("one", TheText, "visit-note")));
        }
    }

    [Test]
    public async Task A_note_that_an_older_version_has_stored_is_read_as_the_JSON_that_it_is()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = await some.AcceptAsync("n1");
        await some.Store.WriteAsync(session =>
        {
            foreach (var table in new[] { "note_input", "note_version" })
                foreach (var column in new[] { "media_type", "headers" })
                    session.Do($"ALTER TABLE {table} DROP COLUMN {column}");
            session.Do("DELETE FROM schema_version WHERE version = 8");
            return true;
        }, default);

        await some.ReopenAsync();

        Assert.That((await some.Store.ReadContentAsync(number, default)).SentAs, Is.EqualTo(SentAs.Json));
    }
}
