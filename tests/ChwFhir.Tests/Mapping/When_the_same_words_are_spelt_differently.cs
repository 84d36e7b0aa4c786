using ChwFhir.Fhir.Model;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

internal sealed class When_the_same_words_are_spelt_differently
{
    [TestCase("Jose\u0301 Nu\u0301n\u0303ez")]
    [TestCase("Jose Nunez")]
    [TestCase("  JOS\u00C9   N\u00DA\u00D1EZ ")]
    public void A_caregiver_is_the_same_person(string name)
    {
        Assert.That(Key(name, "t\u00EDo"), Is.EqualTo(Key("Jos\u00E9 N\u00FA\u00F1ez", "tio")));
    }

    [Test]
    public void Another_name_is_another_person() => Assert.That(Key("Jos\u00E9", "t\u00EDo"), Is.Not.EqualTo(Key("Josefa", "t\u00EDo")));

    [Test]
    public void A_goal_typed_with_a_phones_quotation_marks_is_the_same_goal() =>
        Assert.That(Identity("goal", """{ "goals": [ { "text": "I don\u2019t want to miss \u201Cbingo\u201D \u2013 ever" } ] }"""), Is.EqualTo(Identity("goal", """{ "goals": [ { "text": "I don't want to miss \"bingo\" - ever" } ] }""")));

    [Test]
    public void A_relationship_is_known_with_and_without_its_accent()
    {
        var mapped = Notes.Map("""{ "visit": { "participants": [ { "id": "a", "name": "A", "relationship": "Tia", "role": "caregiver" }, { "id": "b", "name": "B", "relationship": "ti\u0301a", "role": "caregiver" } ] } }""");

        Assert.That(new[] { "caregiver/a", "caregiver/b" }.Select(key => mapped.The<RelatedPerson>(key).Relationship[0].Coding[0].Code), Is.All.EqualTo("AUNT"));
    }

    private static string Key(string name, string relationship) =>
        Identity("caregiver", $$"""{ "visit": { "participants": [ { "name": "{{name}}", "relationship": "{{relationship}}", "role": "caregiver" } ] } }""");

    private static string Identity(string kind, string members) => Notes.Map(members).Resources.Single(one => one.Key.StartsWith($"{kind}/", StringComparison.Ordinal)).Key;
}
