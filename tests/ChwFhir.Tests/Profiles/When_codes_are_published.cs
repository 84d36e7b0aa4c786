using System.Text.Json.Nodes;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Profiles;
using NUnit.Framework;

namespace ChwFhir.Tests.Profiles;

/// <summary>The published codes and maps are the mapping's own tables: there is no second truth.</summary>
internal sealed class When_codes_are_published
{
    [Test]
    public void The_lists_of_the_contract_are_the_code_systems()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Concepts("chw-concern-domain"), Is.EqualTo(Words.All<ConcernDomain>().Select(word => (word, CodeTables.Domains[Parsed<ConcernDomain>(word)].Text))));
            Assert.That(Concepts("chw-visit-kind"), Is.EqualTo(Words.All<VisitKind>().Select(word => (word, CodeTables.VisitKinds[Parsed<VisitKind>(word)].Text))));
            Assert.That(Concepts("chw-symptom").Select(one => one.Code).Take(Words.All<SymptomKind>().Count), Is.EquivalentTo(Words.All<SymptomKind>()));
            Assert.That(Concepts("chw-symptom").Select(one => one.Code).Except(Words.All<SymptomKind>()), Is.EquivalentTo(["usual-score", "tolerable-score"]));
            // What the rules raise is red-flag; no note says it.
            Assert.That(Concepts("chw-message-topic").Select(one => one.Code), Is.EquivalentTo(Words.All<MessageTopic>().Append("red-flag")));
        }
    }

    [Test]
    public void Each_code_system_counts_its_codes_and_has_its_value_set()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var system in TheGuide.All.Where(one => one.Text("resourceType") == "CodeSystem"))
            {
                Assert.That(system["count"]!.GetValue<int>(), Is.EqualTo(system.Objects("concept").Select(concept => concept.Text("code")).Distinct().Count()), system.Text("id"));
                Assert.That(TheGuide.Read("ValueSet", system.Text("id")!)["compose"]!.Objects("include").Single().Text("system"), Is.EqualTo(system.Text("url")));
            }
        }
    }

    [Test]
    public void Domains_go_to_the_codes_that_the_mapping_writes()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Map("chw-concern-domain-to-sdohcc"), Is.EqualTo(Words.All<ConcernDomain>().Select(word => (word, CodeTables.Domains[Parsed<ConcernDomain>(word)].Category))));
            Assert.That(Map("chw-concern-domain-to-snomed"), Is.EqualTo(Words.All<ConcernDomain>().Select(word => (word, CodeTables.Domains[Parsed<ConcernDomain>(word)].Snomed?.Code))));
            Assert.That(Map("chw-concern-domain-to-icd10cm"), Is.EqualTo(Words.All<ConcernDomain>().Select(word => (word, CodeTables.Domains[Parsed<ConcernDomain>(word)].Icd10?.Code))));
        }
    }

    [Test]
    public void Kinds_of_a_visit_go_to_the_codes_that_the_mapping_writes()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Map("chw-visit-kind-to-class"), Is.EqualTo(Words.All<VisitKind>().Select(word => (word, CodeTables.VisitKinds[Parsed<VisitKind>(word)].Class?.Code))));
            Assert.That(Map("chw-visit-kind-to-type"), Is.EqualTo(Words.All<VisitKind>().Select(word => (word, CodeTables.VisitKinds[Parsed<VisitKind>(word)].Type?.Code))));
            Assert.That(Map("chw-visit-kind-to-note-type"), Is.EqualTo(Words.All<VisitKind>().Select(word => (word, CodeTables.VisitKinds[Parsed<VisitKind>(word)].Note?.Code ?? "11506-3"))));
            Assert.That(Codes("chw-visit-class"), Is.EquivalentTo(CodeTables.VisitKinds.Values.Select(kind => kind.Class?.Code).OfType<string>().Distinct()));
            Assert.That(Codes("chw-note-type"), Is.EquivalentTo(CodeTables.VisitKinds.Values.Select(kind => kind.Note?.Code).OfType<string>().Append("11506-3").Distinct()));
        }
    }

    /// <summary>cmd-1 of R4 asks it of what is narrower or not quite the same; what has no code says why too.</summary>
    [Test]
    public void A_map_that_is_not_exact_says_why()
    {
        var targets = TheGuide.All.Where(one => one.Text("resourceType") == "ConceptMap").SelectMany(map => map.Objects("group")).SelectMany(group => group.Objects("element")).SelectMany(element => element.Objects("target"));

        Assert.That(targets.Where(target => target.Text("equivalence") is "narrower" or "inexact" or "unmatched" && target.Text("comment") is null), Is.Empty);
    }

    [Test]
    public void The_naming_system_is_the_default_of_the_setting() =>
        Assert.That(TheGuide.Read("NamingSystem", "chwfhir-note").Objects("uniqueId").Single().Text("value"), Is.EqualTo(new MappingOptions().IdentifierSystem));

    private static T Parsed<T>(string word) where T : struct, Enum => Words.TryParse<T>(word, out var value) ? value : throw new AssertionException(word);

    private static IEnumerable<(string Code, string Display)> Concepts(string system) =>
        TheGuide.Read("CodeSystem", system).Objects("concept").Select(concept => (concept.Text("code")!, concept.Text("display")!));

    private static IEnumerable<string> Codes(string valueSet) =>
        TheGuide.Read("ValueSet", valueSet)["compose"]!.Objects("include").SelectMany(include => include.Objects("concept")).Select(concept => concept.Text("code")!);

    private static IEnumerable<(string Code, string? Target)> Map(string map) =>
        TheGuide.Read("ConceptMap", map).Objects("group").Single().Objects("element").Select(element => (element.Text("code")!, element.Objects("target").Single().Text("code")));
}
