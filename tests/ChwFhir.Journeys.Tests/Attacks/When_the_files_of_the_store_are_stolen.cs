using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Journeys.SmartApp;
using ChwFhir.Testing;
using Microsoft.AspNetCore.DataProtection;
using NUnit.Framework;

namespace ChwFhir.Journeys.Attacks;

/// <summary>Marker words go in as names, narratives, messages, ids and tokens, over real HTTP; then every byte that was kept is looked at, also after a kill.</summary>
internal sealed class When_the_files_of_the_store_are_stolen
{
    private const string Marker = "Quixquux";
    private static readonly string[] Markers = [Marker, "rosa-m"];

    [Test, CancelAfter(180_000)]
    public async Task No_file_of_its_folder_says_whom_it_is_about_or_what_was_said(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        using var key = new TempFolder();
        var keyFile = Path.Combine(key.Path, "key.txt");
        await File.WriteAllTextAsync(keyFile, StoreKeyFile.Key, cancellationToken);
        // The EHR is a neighbour: what it keeps is its own matter.
        await using var neighbour = await Town.StartAsync();
        await using var service = new ServiceProcess(folder.Path, neighbour.EhrBaseUrl, ("Storage__KeyFile", keyFile));
        await service.StartAsync();

        await UseAsync(service.Http, cancellationToken);
        await service.SettledAsync(new Uri(service.Http.BaseAddress!, $"/api/v1/visit-notes/{Marker}-note"), cancellationToken);
        var running = Found(folder.Path);
        await service.KillAsync();
        var killed = Found(folder.Path);
        await service.StartAsync();
        var again = await service.Http.GetStringAsync($"/api/v1/visit-notes/{Marker}-note/bundle", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(running, Is.Empty, "while it runs");
            Assert.That(killed, Is.Empty, "after a kill");
            Assert.That(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length), Is.GreaterThan(100_000), "there was something to look at");
            Assert.That(again, Does.Contain(Marker), "but it is all there for the service");
            Assert.That(service.Output, Does.Not.Contain(StoreKeyFile.Key));
        }
    }

    [Test, CancelAfter(180_000)]
    public async Task No_dump_and_no_file_of_its_database_does(CancellationToken cancellationToken)
    {
        Needs.Postgres();
        await using var database = await PrivatePostgres.StartAsync();
        var connection = await database.NewDatabaseAsync();
        using var folder = new TempFolder();
        await using var neighbour = await Town.StartAsync();
        await using var service = new ServiceProcess(
            folder.Path, neighbour.EhrBaseUrl, ("Storage__Provider", "postgres"), ("Storage__ConnectionString", connection), ("Storage__KeyFile", StoreKeyFile.Name));
        await service.StartAsync();

        await UseAsync(service.Http, cancellationToken);
        await service.SettledAsync(new Uri(service.Http.BaseAddress!, $"/api/v1/visit-notes/{Marker}-note"), cancellationToken);
        await service.KillAsync();
        var dump = await database.DumpAsync("t1");
        await database.SqlAsync("t1", "CHECKPOINT");
        await database.KillAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dump, Does.Contain("COPY public.note ").And.Contain("COPY public.message "));
            foreach (var marker in Markers)
            {
                Assert.That(dump, Does.Not.Contain(marker).IgnoreCase);
                // Bytes are dumped as hexadecimal digits.
                Assert.That(dump, Does.Not.Contain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(marker))).IgnoreCase);
            }
            Assert.That(Found(database.Data), Is.Empty, "tables, indexes and the write-ahead log");
            Assert.That(Found(folder.Path), Is.Empty);
        }
    }

    [Test]
    public async Task No_session_of_the_app_does()
    {
        await using var launched = await LaunchedTown.StartAsync();
        launched.Ehr.Patient = $"{Marker}-p";
        launched.Ehr.Answer = answer => (answer["access_token"], answer["refresh_token"]) = ($"{Marker}-access", $"{Marker}-refresh");
        var browser = launched.Browser();

        var session = await launched.LaunchAsync(browser);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(session, Does.StartWith("/app/"));
            Assert.That(Directory.GetFiles(Path.Combine(launched.Town.Folder, "keys")), Is.Not.Empty);
            Assert.That(Found(launched.Town.Folder), Is.Empty);
            Assert.That(Directory.GetFiles(Path.Combine(launched.Town.Folder, "keys")).Select(File.ReadAllText), Has.None.Contains("masterKey"));
        }
    }

    [Test]
    public async Task Keys_of_the_app_that_lay_there_in_clear_open_nothing_any_more_and_are_gone()
    {
        using var folder = new TempFolder();
        var keys = Directory.CreateDirectory(Path.Combine(folder.Path, "keys"));
        DataProtectionProvider.Create(keys, builder => builder.SetApplicationName("ChwFhir")).CreateProtector("any").Protect("any");
        var before = keys.GetFiles().Single().FullName;
        Assert.That(await File.ReadAllTextAsync(before), Does.Contain("masterKey"), "as a service of before made it");

        await using var launched = await LaunchedTown.StartAsync(("Storage__Directory", folder.Path));
        using var browser = launched.Browser();
        var page = await browser.GetAsync(await launched.LaunchAsync(browser));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(File.Exists(before), Is.False);
            Assert.That(keys.GetFiles().Select(file => File.ReadAllText(file.FullName)), Is.Not.Empty.And.All.Contain("sealedByTheStore").And.None.Contain("masterKey"));
            Assert.That(launched.Town.Log.Text, Does.Contain("not sealed is used no more"));
        }
    }

    // Notes, one amended; a summary, a message with a reply, a batch, searches; what is refused and what the EHR never gets.
    private static async Task UseAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var note = Some.Note("Patient/rosa-m", $"{Marker}-note", $"{Marker} told me of {Marker}.");
        note["author"]!["name"] = Marker;
        note["messages"] = new JsonArray(new JsonObject { ["id"] = "m", ["to"] = new JsonArray("nurse"), ["urgency"] = "urgent", ["topic"] = "update", ["text"] = Marker });
        await SendAsync("/api/v1/visit-notes", note.ToJsonString(), "application/json");
        await SendAsync("/api/v1/visit-notes", Some.Note($"Patient/{Marker}", $"{Marker}-nobody", $"{Marker} is nobody's").ToJsonString(), "application/json");
        await SendAsync("/api/v1/patients/rosa-m/messages", $$"""{ "id": "{{Marker}}", "kind": "report", "to": ["nurse"], "urgency": "routine", "text": "{{Marker}}" }""", "application/json");
        await SendAsync("/api/v1/imports", $"{Some.Note("Patient/rosa-m", $"{Marker}-line", Marker).ToJsonString()}\n{{ \"{Marker}\n", "application/x-ndjson");
        await SendAsync("/api/v1/patients/search", $$"""{ "name": "{{Marker}}" }""", "application/json");
        await SendAsync("/api/v1/after-visit-summaries", $"After Visit Summary\nFor {Marker}\nInstructions\nCall {Marker}.", "text/plain");
        foreach (var path in new[] { $"/api/v1/visit-notes/{Marker}-note", $"/api/v1/visit-notes?patient=Patient/{Marker}", "/api/v1/audit" })
            using (await http.GetAsync(path, cancellationToken))
            {
            }

        async Task SendAsync(string path, string body, string type)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, null, type) };
            request.Headers.Add("X-Chw-Patient", "Patient/rosa-m");
            request.Headers.Add("X-Chw-Document-Id", $"{Marker}-avs");
            using var answer = await http.SendAsync(request, cancellationToken);
            Assert.That(answer.StatusCode, body.Contains("-nobody", StringComparison.Ordinal) ? Is.AnyOf(HttpStatusCode.Accepted, HttpStatusCode.UnprocessableEntity) : Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Accepted), $"{path}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    private static IReadOnlyList<string> Found(string folder) =>
        [.. from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            let bytes = Read(file)
            from marker in Markers
            where bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(marker)) >= 0 || bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(marker.ToLowerInvariant())) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(marker)) >= 0
            select $"{Path.GetFileName(file)}: {marker}"];

    private static byte[] Read(string file)
    {
        // A service that runs holds its lock for itself; what stands in it is its process id.
        if (file.EndsWith(".lock", StringComparison.Ordinal))
            return [];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }
}
