using ChwFhir.Access;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Access;

internal sealed class When_an_answer_is_remembered
{
    private readonly FakeClock clock = new(new DateTimeOffset(2026, 11, 3, 9, 0, 0, TimeSpan.Zero));
    private Remembered<string> remembered = null!;
    private int asked;

    [SetUp]
    public void Start() => (remembered, asked) = (new Remembered<string>(TimeSpan.FromMinutes(5), TimeSpan.FromHours(12), clock), 0);

    [Test]
    public async Task It_is_not_asked_again_while_it_is_fresh()
    {
        await AskAsync("one");
        clock.Advance(TimeSpan.FromMinutes(4));

        Assert.That((await AskAsync("two"), asked), Is.EqualTo(("one", 1)));
    }

    [Test]
    public async Task It_is_asked_anew_when_it_is_old()
    {
        await AskAsync("one");
        clock.Advance(TimeSpan.FromMinutes(6));

        Assert.That((await AskAsync("two"), asked), Is.EqualTo(("two", 2)));
    }

    [TestCase(1, "one"), TestCase(11, "one"), TestCase(13, null)]
    public async Task While_nobody_answers_the_last_word_counts_for_its_time_and_no_longer(int hours, string? expected)
    {
        await AskAsync("one");
        clock.Advance(TimeSpan.FromHours(hours));

        Assert.That(await AskAsync(null), Is.EqualTo(expected));
    }

    [Test]
    public async Task Many_who_wait_ask_once()
    {
        var answer = new TaskCompletionSource<string?>();
        var waiting = Enumerable.Range(0, 10).Select(_ => remembered.GetAsync("key", () => { Interlocked.Increment(ref asked); return answer.Task; }, default)).ToList();
        answer.SetResult("one");

        Assert.That((await Task.WhenAll(waiting), asked), Is.EqualTo((Enumerable.Repeat("one", 10).ToArray(), 1)));
    }

    [Test]
    public async Task What_failed_is_not_remembered()
    {
        await AskAsync(null);

        Assert.That((await AskAsync("one"), asked), Is.EqualTo(("one", 2)));
    }

    [Test]
    public async Task One_who_leaves_does_not_end_it_for_the_others()
    {
        var answer = new TaskCompletionSource<string?>();
        using var leaves = new CancellationTokenSource();
        var (first, second) = (remembered.GetAsync("key", () => answer.Task, leaves.Token), remembered.GetAsync("key", () => answer.Task, default));

        await leaves.CancelAsync();
        answer.SetResult("one");

        using var together = Assert.EnterMultipleScope();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await second, Is.EqualTo("one"));
    }

    private Task<string?> AskAsync(string? answer) => remembered.GetAsync("key", () =>
    {
        asked++;
        return Task.FromResult(answer);
    }, default);
}
