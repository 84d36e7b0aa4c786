using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Journeys.Keys;

internal sealed class When_the_key_of_the_store_is_rotated
{
    [Test]
    public async Task A_store_in_files_is_rotated_while_its_service_is_stopped_and_all_of_it_is_read_under_the_new_key()
    {
        using var folder = new TempFolder();
        var (first, second) = (NewKey(), NewKey());
        (int ExitCode, string Output) running;
        await using var neighbour = await Town.StartAsync();
        (string, string)[] settings = [("Storage__Directory", folder.Path), ("Ehr__BaseUrl", neighbour.EhrBaseUrl.AbsoluteUri)];
        await using (var town = await Town.StartAsync([.. settings, ("Storage__Key", first)]))
        {
            await town.PostNoteAsync(Some.Note(id: "before").ToJsonString());
            await town.SettledAsync("before");
            running = await RotateAsync(folder, first);
        }

        var stopped = await RotateAsync(folder, $"{second}\n{first}");

        await using var again = await Town.StartAsync([.. settings, ("Storage__Key", second)]);
        var status = await again.StatusAsync("before");
        var check = JsonNode.Parse(await again.Http.GetStringAsync("/api/v1/delivery/check"))!["store"]!.AsArray().Select(line => (string?)line).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(running.ExitCode, Is.EqualTo(2), running.Output);
            Assert.That(running.Output, Does.Contain("while its service is stopped"));
            Assert.That(stopped.ExitCode, Is.Zero, stopped.Output);
            Assert.That(stopped.Output, Does.Contain("Data key 2 seals from here on").And.Not.Contain(first).And.Not.Contain(second));
            Assert.That((string?)status["state"], Is.EqualTo("written"));
            Assert.That(check, Has.Some.Contain("sealed with AES-256-GCM under master key").And.Some.Contain("data key 2").And.Some.Contain("less than a day old"));
        }
    }

    [Test, CancelAfter(120_000)]
    public async Task Instances_that_share_a_database_go_on_while_it_is_rotated()
    {
        Needs.Postgres();
        await using var database = await PrivatePostgres.StartAsync();
        (string, string)[] store = [("Storage__Provider", "postgres"), ("Storage__ConnectionString", await database.NewDatabaseAsync()), ("Storage__Key", StoreKeyFile.Key)];
        await using var one = await Town.StartAsync(store);
        await using var other = await Town.StartAsync([.. store, ("Ehr__BaseUrl", one.EhrBaseUrl.AbsoluteUri)]);
        await one.PostNoteAsync(Some.Note(id: "before").ToJsonString());
        await one.SettledAsync("before");

        var rotated = await ApiProcess.RunToEndAsync(["storage", "rotate"], store);
        await other.PostNoteAsync(Some.Note(id: "after").ToJsonString());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rotated.ExitCode, Is.Zero, rotated.Output);
            Assert.That((string?)(await other.SettledAsync("before"))["state"], Is.EqualTo("written"));
            Assert.That((string?)(await one.SettledAsync("after"))["state"], Is.EqualTo("written"));
        }
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static Task<(int ExitCode, string Output)> RotateAsync(TempFolder folder, string key) =>
        ApiProcess.RunToEndAsync(["storage", "rotate"], ("Storage__Directory", folder.Path), ("Storage__Key", key));
}
