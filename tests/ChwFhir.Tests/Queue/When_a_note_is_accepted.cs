using System.Text;
using ChwFhir.Intake;
using ChwFhir.Queue;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_a_note_is_accepted(string provider)
{
    [Test]
    public async Task It_is_there_with_everything_after_the_store_was_closed_and_opened()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var accepted = await some.Store.AcceptAsync(Note("n1", content: "{\"id\":\"n1\"}", issues: new NoteIssue("warning", "red-flag", "/symptoms/0", "pain 8")), default);

        await some.ReopenAsync();

        var found = await some.Store.FindAsync(TheEhr, "n1", default);
        var content = await some.Store.ReadContentAsync(found!.Number, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(accepted, Is.InstanceOf<Acceptance.Accepted>());
            Assert.That(found with { Resources = [], Issues = [], Messages = [] }, Is.EqualTo(accepted.Note with { Resources = [], Issues = [], Messages = [] }));
            Assert.That(found.Issues, Is.EqualTo(new[] { new NoteIssue("warning", "red-flag", "/symptoms/0", "pain 8") }));
            Assert.That(found.State, Is.EqualTo(NoteState.Queued));
            Assert.That(found.ReceivedAt, Is.EqualTo(some.Clock.GetUtcNow()));
            Assert.That(found.VisitTime, Is.EqualTo(TheVisit));
            Assert.That(found.VisitTime.Offset, Is.EqualTo(TheVisit.Offset));
            Assert.That(Encoding.UTF8.GetString(content.Input.Span), Is.EqualTo("{\"id\":\"n1\"}"));
            Assert.That(content.Bundle, Is.Null);
        }
    }

    [Test]
    public async Task The_same_content_again_is_already_here_and_other_content_is_different()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var first = await some.Store.AcceptAsync(Note("n1", content: "a"), default);

        var same = await some.Store.AcceptAsync(Note("n1", content: "a"), default);
        var other = await some.Store.AcceptAsync(Note("n1", content: "b"), default);
        var elsewhere = await some.Store.AcceptAsync(Note("n1", content: "b", ehr: "https://other.example"), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(same, Is.InstanceOf<Acceptance.AlreadyHere>());
            Assert.That(other, Is.InstanceOf<Acceptance.Different>());
            Assert.That(elsewhere, Is.InstanceOf<Acceptance.Accepted>(), "ids belong to an EHR");
            Assert.That(same.Note.Number, Is.EqualTo(first.Note.Number));
            Assert.That(other.Note.Revision, Is.EqualTo(first.Note.Revision), "nothing changed");
        }
    }

    [Test]
    public async Task Of_many_callers_with_one_id_exactly_one_is_accepted()
    {
        await using var some = await SomeStore.OpenAsync(provider);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => some.Store.AcceptAsync(Note("n1", content: i % 2 == 0 ? "a" : "b"), default))));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Count(answer => answer is Acceptance.Accepted), Is.EqualTo(1));
            Assert.That(answers.Count(answer => answer is Acceptance.AlreadyHere), Is.EqualTo(31));
            Assert.That(answers.Count(answer => answer is Acceptance.Different), Is.EqualTo(32));
            Assert.That(answers.Select(answer => answer.Note.Number).Distinct().Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Many_callers_at_once_all_find_theirs_on_disk()
    {
        await using var some = await SomeStore.OpenAsync(provider);

        var numbers = await Task.WhenAll(Enumerable.Range(0, 128).Select(i => Task.Run(() => some.AcceptAsync($"n{i}", $"Patient/p{i % 10}"))));
        await some.ReopenAsync();

        var counts = await some.Store.CountAsync(TheEhr, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(numbers, Is.Unique);
            Assert.That(counts.Queued, Is.EqualTo(128));
            for (var i = 0; i < numbers.Length; i++) Assert.That((await some.Store.ReadAsync(numbers[i], default))?.Id, Is.EqualTo($"n{i}"));
        }
    }

    [Test]
    public async Task A_caller_who_left_before_left_nothing()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        Assert.That(async () => await some.Store.AcceptAsync(Note("n1"), gone.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await some.Store.FindAsync(TheEhr, "n1", default), Is.Null);
    }

    [Test]
    public async Task A_caller_who_leaves_in_the_middle_leaves_a_whole_note_or_none_and_is_told_which()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        for (var i = 0; i < 200; i++)
        {
            using var leaving = new CancellationTokenSource();
            var accepting = Task.WhenAll(Enumerable.Range(0, 8).Select(j => Outcome(some.Store.AcceptAsync(Note($"n{i}-{j}"), leaving.Token))));
            await leaving.CancelAsync();
            var told = await accepting;

            for (var j = 0; j < told.Length; j++)
            {
                var found = await some.Store.FindAsync(TheEhr, $"n{i}-{j}", default);
                Assert.That(found is not null, Is.EqualTo(told[j]));
                if (found is not null) Assert.That((await some.Store.ReadContentAsync(found.Number, default)).Input.Length, Is.EqualTo(2));
            }
        }

        static async Task<bool> Outcome(Task<Acceptance> accepting)
        {
            try
            {
                return await accepting is Acceptance.Accepted;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }
}
