using System.Text.Json.Nodes;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Journeys.Imports;

internal sealed class When_files_are_imported
{
    [Test]
    public async Task A_folder_is_brought_in_and_the_rest_of_it_where_it_was_broken_off()
    {
        using var folder = new TempFolder();
        await using var town = await Town.StartAsync();
        var (one, two, three, wrong) = (Some.Note(), Some.Note("Patient/walter-b"), Some.Note(), Some.Note());
        wrong.Remove("author");
        Directory.CreateDirectory(folder.Path + "/in/deeper");
        await File.WriteAllTextAsync(folder.Path + "/in/many.ndjson", $"{one.ToJsonString()}\n{two.ToJsonString()}\n{wrong.ToJsonString()}\n");
        await File.WriteAllTextAsync(folder.Path + "/in/deeper/three.json", three.ToJsonString(new() { WriteIndented = true }));
        await File.WriteAllTextAsync(folder.Path + "/in/picture.png", "no document");
        await File.WriteAllTextAsync(folder.Path + "/in/empty.json", "");
        Directory.CreateSymbolicLink(folder.Path + "/in/circle", folder.Path + "/in");
        var journal = folder.Path + "/journal";

        var first = await ImportAsync(town, folder, journal);
        var kept = File.ReadLines(journal).Take(1).ToList();
        await File.WriteAllLinesAsync(journal, kept);
        var again = await ImportAsync(town, folder, journal);

        var results = File.ReadLines(folder.Path + "/report").Select(line => JsonNode.Parse(line)!).ToList();
        using var all = Assert.EnterMultipleScope();
        Assert.That(first.ExitCode, Is.EqualTo(1), first.Output);
        Assert.That(first.Output, Does.Contain("3 taken, 0 here already, 0 brought in before, 1 refused").And.Contains("picture.png"));
        Assert.That(again.Output, Does.Contain("0 taken, 2 here already, 1 brought in before, 1 refused"), "what the journal has is not sent again, what it lost is not kept twice");
        Assert.That(results.Where(result => (int)result["status"]! == 422).Select(result => ((int)result["line"]!, Path.GetFileName((string)result["file"]!), (string?)result["errors"]![0]!["pointer"])), Is.All.EqualTo((3, "many.ndjson", "/author")));
        Assert.That((string?)(await town.SettledAsync((string)three["id"]!))["state"], Is.EqualTo("written"));
    }

    [Test]
    public async Task A_file_of_batches_is_brought_in_message_by_message()
    {
        using var folder = new TempFolder();
        await using var town = await Town.StartAsync();
        Directory.CreateDirectory(folder.Path + "/in");
        await File.WriteAllTextAsync(folder.Path + "/in/night.hl7", $"FHS|^~\\&|E|F|C|H\rBHS|^~\\&|E|F|C|H\r{SomeMessage.Of("N1")}{SomeMessage.Of("N2")}{SomeMessage.Of("N3", trigger: "T11")}BTS|3\rFTS|1\r");

        var (_, output) = await ImportAsync(town, folder, folder.Path + "/journal");

        var results = File.ReadLines(folder.Path + "/report").Select(line => JsonNode.Parse(line)!).ToList();
        using var all = Assert.EnterMultipleScope();
        Assert.That(output, Does.Contain("2 taken, 0 here already, 0 brought in before, 1 refused"));
        Assert.That(results.Select(result => $"{result["message"]}:{result["status"]}:{result["id"]}"), Is.EquivalentTo(new[] { "1:202:N1", "2:202:N2", "3:400:" }));
    }

    [Test]
    public async Task A_service_is_started_for_it_where_none_runs()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.Path + "/note.json", Some.Note().ToJsonString());
        var here = $"http://127.0.0.1:{Ports.Free()}";

        var (exitCode, output) = await ApiProcess.RunToEndAsync(
            ["import", folder.Path + "/note.json", "--urls", here, "--journal", folder.Path + "/journal", "--report", folder.Path + "/report"],
            ("Storage__Directory", folder.Path + "/store"), ("Ehr__Sandbox__Url", $"http://localhost:{Ports.Free()}"));

        Assert.That((exitCode, output.Contains("1 taken", StringComparison.Ordinal)), Is.EqualTo((0, true)), output);
    }

    [TestCase("import", "import FILE")]
    [TestCase("import nowhere.json", "nowhere.json is not there")]
    public async Task What_cannot_be_done_is_said_in_a_line(string words, string said)
    {
        var (exitCode, output) = await ApiProcess.RunToEndAsync(words.Split(' '));

        Assert.That((exitCode, output), Is.EqualTo((2, output)));
        Assert.That(output, Does.Contain(said));
    }

    private static Task<(int ExitCode, string Output)> ImportAsync(Town town, TempFolder folder, string journal) => ApiProcess.RunToEndAsync(
        ["import", folder.Path + "/in", "--urls", town.Http.BaseAddress!.AbsoluteUri, "--journal", journal, "--report", folder.Path + "/report"]);
}
