using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.Api;

public sealed class When_the_store_is_PostgreSQL
{
    [Test, CancelAfter(180_000)]
    public async Task Two_instances_write_what_either_took_and_a_killed_database_costs_nothing()
    {
        Needs.Postgres();
        await using var database = await PrivatePostgres.StartAsync();
        (string, string)[] store = [("Storage__Provider", "postgres"), ("Storage__ConnectionString", await database.NewDatabaseAsync()), ("Storage__Key", StoreKeyFile.Key)];
        await using var first = await Town.StartAsync(store);
        await using var second = await Town.StartAsync([.. store, ("Ehr__BaseUrl", first.EhrBaseUrl.AbsoluteUri)]);

        using var taken = await first.PostNoteAsync(Some.Note(id: "one").ToJsonString());
        using var again = await second.PostNoteAsync(Some.Note(id: "one").ToJsonString());
        var settled = await second.SettledAsync("one");

        await database.KillAsync();
        using var refused = await second.PostNoteAsync(Some.Note(id: "two").ToJsonString());
        using var notReady = await second.Http.GetAsync("/health/ready");
        var says = await notReady.Content.ReadFromJsonAsync<JsonObject>();
        await database.StartAgainAsync();
        using var takenNow = await second.PostNoteAsync(Some.Note(id: "two").ToJsonString());
        var settledNow = await first.SettledAsync("two");
        using var ready = await second.Http.GetAsync("/health/ready");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((string?)settled["state"], Is.EqualTo("written"));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(notReady.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That((string?)says!["store"], Is.EqualTo("unavailable"));
            Assert.That(takenNow.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That((string?)settledNow["state"], Is.EqualTo("written"));
            Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }
}
