using ChwFhir.Queue;
using NUnit.Framework;

namespace ChwFhir.Tests.Queue;

/// <summary>Sign-ins and sessions of the app, in both databases.</summary>
[TestFixture(StorageOptions.Sqlite)]
[TestFixture(StorageOptions.Postgres)]
internal sealed class When_people_sign_in(string provider)
{
    private SomeStore some = null!;

    [SetUp]
    public async Task Open() => some = await SomeStore.OpenAsync(provider);

    [TearDown]
    public async Task Close() => await some.DisposeAsync();

    [Test]
    public async Task A_session_is_found_until_it_is_idle_or_at_its_end()
    {
        await some.Store.KeepSessionAsync(Session("lives", idle: 60, ends: 60), default);
        await some.Store.KeepSessionAsync(Session("idle", idle: -1, ends: 60), default);
        await some.Store.KeepSessionAsync(Session("over", idle: 60, ends: -1), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await some.Store.FindSessionAsync("lives", default))?.Body.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
            Assert.That(await some.Store.FindSessionAsync("idle", default), Is.Null);
            Assert.That(await some.Store.FindSessionAsync("over", default), Is.Null);
        }
    }

    [Test]
    public async Task Who_comes_by_puts_the_idle_end_off_and_never_brings_it_nearer()
    {
        await some.Store.KeepSessionAsync(Session("s", idle: 10, ends: 600), default);

        await some.Store.TouchSessionAsync("s", some.Store.Now.AddMinutes(30), default);
        var later = (await some.Store.FindSessionAsync("s", default))!.IdleAt;
        await some.Store.TouchSessionAsync("s", some.Store.Now.AddMinutes(5), default);

        Assert.That(later, Is.GreaterThan(some.Store.Now.AddMinutes(20)));
        Assert.That((await some.Store.FindSessionAsync("s", default))!.IdleAt, Is.EqualTo(later));
    }

    [Test]
    public async Task Of_many_who_would_renew_it_one_may_and_a_body_replaces_the_one_it_was_made_from()
    {
        await some.Store.KeepSessionAsync(Session("s", idle: 60, ends: 60), default);

        var may = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => some.Store.BeginRenewalAsync("s", 1, some.Store.Now.AddSeconds(30), default)));
        var replaced = await some.Store.ReplaceSessionAsync("s", 1, new byte[] { 9 }, default);
        var again = await some.Store.ReplaceSessionAsync("s", 1, new byte[] { 8 }, default);

        var now = await some.Store.FindSessionAsync("s", default);
        Assert.That(may.Count(one => one), Is.EqualTo(1));
        Assert.That((replaced, again, now!.Revision, now.Body.ToArray()[0]), Is.EqualTo((true, false, 2L, (byte)9)));
    }

    [Test]
    public async Task A_renewal_that_was_left_is_anothers()
    {
        await some.Store.KeepSessionAsync(Session("s", idle: 60, ends: 60), default);
        await some.Store.BeginRenewalAsync("s", 1, some.Store.Now.AddSeconds(30), default);

        var before = await some.Store.BeginRenewalAsync("s", 1, some.Store.Now.AddSeconds(30), default);
        await some.Store.LeaveRenewalAsync("s", 1, default);

        Assert.That((before, await some.Store.BeginRenewalAsync("s", 1, some.Store.Now.AddSeconds(30), default)), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task A_session_that_was_ended_is_ended_for_every_instance()
    {
        await some.Store.KeepSessionAsync(Session("s", idle: 60, ends: 60), default);

        await some.Store.EndSessionAsync("s", default);

        Assert.That(await some.Store.FindSessionAsync("s", default), Is.Null);
        Assert.That(await some.Store.ReplaceSessionAsync("s", 1, new byte[] { 9 }, default), Is.False);
    }

    [Test]
    public async Task A_sign_in_is_taken_once_and_not_more_are_kept_than_may_be()
    {
        var first = await some.Store.KeepLaunchAsync(Launch("a", 10), 2, default);
        var second = await some.Store.KeepLaunchAsync(Launch("b", -1), 2, default);
        var third = await some.Store.KeepLaunchAsync(Launch("c", 10), 2, default);
        var fourth = await some.Store.KeepLaunchAsync(Launch("d", 10), 2, default);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => some.Store.TakeLaunchAsync("a", default)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first, second, third, fourth), Is.EqualTo((true, true, true, false)), "one that is over makes room");
            Assert.That(taken.Count(one => one), Is.EqualTo(1));
            Assert.That(await some.Store.FindLaunchAsync("b", default), Is.Null);
            Assert.That(await some.Store.FindLaunchAsync("c", default), Is.Not.Null);
        }
    }

    private AppSessionRow Session(string id, int idle, int ends) => new(id, "hash", 1, new byte[] { 1, 2, 3 }, some.Store.Now.AddMinutes(idle), some.Store.Now.AddMinutes(ends));

    private AppLaunchRow Launch(string state, int ends) => new(state, "hash", new byte[] { 1 }, some.Store.Now.AddMinutes(ends));
}
