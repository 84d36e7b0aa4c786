using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SealedStores;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

[TestFixture(StorageOptions.Sqlite)]
[TestFixture(StorageOptions.Postgres)]
public sealed class When_the_key_of_a_store_changes(string provider)
{
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
    public void What_a_key_file_says_to_people_may_have_any_words()
    {
        var (present, former) = (NewKey(), NewKey());

        var keys = MasterKeys.Parse($"# made on Monday, by Ada\n{present}\n  # the one before\n{former}\n");

        Assert.That(keys?.Current.Id, Is.EqualTo(MasterKeys.Parse(present)!.Current.Id));
        Assert.That(keys!.Find(MasterKeys.Parse(former)!.Current.Id), Is.Not.Null);
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
}
