using System.Text.RegularExpressions;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.Attacks;

internal sealed partial class When_the_list_of_attacks_is_read
{
    [Test]
    public async Task Every_test_that_it_names_is_there()
    {
        var list = await File.ReadAllTextAsync(Repository.Path("src", "ChwFhir.Api", "README.md"));
        var named = Named().Matches(list).Select(match => (Class: match.Groups["class"].Value, Method: match.Groups["method"].Value)).Distinct().ToList();
        var files = Directory.GetFiles(Repository.Path("tests"), "When_*.cs", SearchOption.AllDirectories).ToLookup(Path.GetFileNameWithoutExtension, File.ReadAllText);

        Assert.That(named, Has.Count.GreaterThan(40));
        Assert.That(named.Where(one => !files[one.Class].Any(text => Regex.IsMatch(text, $@"\b{one.Method}\("))), Is.Empty);
    }

    [GeneratedRegex("`(?<class>When_[A-Za-z_]+)\\.(?<method>[A-Za-z0-9_]+)`")]
    private static partial Regex Named();
}
