using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Tests.Validation;

/// <summary>CHWFHIR_HOSTILE=100000 tries that many, CHWFHIR_HOSTILE_SEED begins elsewhere.</summary>
public sealed class When_JSON_is_hostile
{
    private const int Few = 3000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    [Test]
    public void Nothing_throws_stalls_points_at_nothing_or_is_accepted_and_changed()
    {
        var sound = Sound().ToList();
        var (many, seed) = (Number("CHWFHIR_HOSTILE", Few), Number("CHWFHIR_HOSTILE_SEED", 20261123));
        var hostile = new HostileJson(sound, seed);

        var (faults, accepted, read) = (new List<string>(), 0, 0);
        for (var at = 0; at < many && faults.Count < 40; at++)
        {
            var json = hostile.Next();
            var clock = Stopwatch.StartNew();
            try
            {
                var (isRead, isAccepted) = Try(json, faults);
                (read, accepted) = (read + (isRead ? 1 : 0), accepted + (isAccepted ? 1 : 0));
            }
            catch (Exception thrown)
            {
                faults.Add($"{thrown.GetType().Name} {thrown.StackTrace?.Split('\n')[0]}: {Shown(json)}");
            }

            if (clock.Elapsed > Longest)
                faults.Add($"{clock.Elapsed}: {Shown(json)}");
        }

        TestContext.Out.WriteLine($"{sound.Count} sound, {many} changed: {read} readable, {accepted} of them allowed");
        using var scope = Assert.EnterMultipleScope();
        Assert.That(string.Join('\n', faults), Is.Empty);
        Assert.That(read, Is.GreaterThan(many / 2), "most are read");
        Assert.That(accepted, Is.GreaterThan(many / 50), "some stay allowed");
        Assert.That(accepted, Is.LessThan(many / 2), "most do not");
    }

    private static (bool IsRead, bool IsAccepted) Try(byte[] json, List<string> faults)
    {
        var reading = FhirJson.Read<Resource>(json);
        var found = TheProfiles.Validation.Validate(reading);
        _ = found.ToOperationOutcome();

        var tree = JsonTree.Read(json);
        faults.AddRange(reading.Issues.Where(issue => issue.Line < 1 || issue.Position < 1 || (tree is not null && !LeadsSomewhere(tree, issue.Path))).Select(issue => $"read {issue.Code} at {issue.Path}: {Shown(json)}"));
        if (reading.Resource is not { } resource)
        {
            if (found.IsValid)
                faults.Add($"nothing read, nothing told: {Shown(json)}");
            return (false, false);
        }

        faults.AddRange(found.Issues.Where(issue => issue.Pointer.Length > 0 && !IsThere(tree!, issue)).Select(issue => $"{issue.Rule} at {issue.Pointer}: {Shown(json)}"));

        var written = FhirJson.ToBytes(resource);
        // One value in place of a list is written as a list: deeper by one.
        var again = FhirJson.Read<Resource>(written, new FhirJsonLimits { MaxDepth = 200 });
        if (again.Resource is null || FhirJson.ToBytes(again.Resource) is var second && !second.AsSpan().SequenceEqual(written))
            faults.Add($"written otherwise the second time: {Shown(written)}: {Shown(again.Resource is null ? [] : FhirJson.ToBytes(again.Resource), written)}");
        else if (found.IsValid && !JsonTree.AreSame(tree!, JsonTree.Read(written)!))
            faults.Add($"allowed and changed to {Shown(written)}: {Shown(json)}");
        else if (found.IsValid != TheProfiles.Validation.Validate(again).IsValid && found.Errors.Any(error => error.Rule != "json"))
            faults.Add($"judged otherwise the second time: {Shown(json)}");
        if (FhirJson.ToBytes((Resource)resource.DeepCopy()) is var copied && !copied.AsSpan().SequenceEqual(written))
            faults.Add($"copied otherwise: {Shown(json)}");

        return (true, found.IsValid);
    }

    // What is missing has its place in what is there.
    private static bool IsThere(JsonTree tree, ValidationIssue issue)
    {
        if (tree.At(issue.Pointer) is not null)
            return true;

        var owner = issue.Pointer[..issue.Pointer.LastIndexOf('/')];

        return (issue.Code == OperationOutcome.IssueType.Required || issue.Rule == "cardinality") && tree.At(owner) is not null;
    }

    private static bool LeadsSomewhere(JsonTree tree, string path)
    {
        for (var point = path.IndexOfAny(['.', '[']); point >= 0; point = path.IndexOfAny(['.', '['], point + 1))
        {
            if (tree.Has(path.AsSpan(point)))
                return true;
        }

        return !path.Contains('.', StringComparison.Ordinal);
    }

    private static IEnumerable<JsonTree> Sound() =>
        from folder in (string[][])[["fhir-profiles", "examples"], ["fhir-profiles", "questionnaires"], ["samples", "questionnaire-responses"]]
        from file in Directory.EnumerateFiles(Testing.Repository.Path(folder), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let tree = JsonTree.Read(File.ReadAllBytes(file))
        where tree.At("/resourceType") is not null
        from one in tree.At("/entry")?.Items is { } entries && tree.ToString().Length > 20_000 ? entries.Select(entry => entry.At("/resource")).OfType<JsonTree>().Append(tree) : [tree]
        select one;

    private static int Number(string variable, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static string Shown(byte[] json, byte[] beside) => json.AsSpan().CommonPrefixLength(beside) is var at && at > 100 ? Shown(json[(at - 100)..]) : Shown(json);

    private static string Shown(byte[] json) => Encoding.UTF8.GetString(json) is { Length: > 1500 } text ? text[..1500] + "…" : Encoding.UTF8.GetString(json);
}
