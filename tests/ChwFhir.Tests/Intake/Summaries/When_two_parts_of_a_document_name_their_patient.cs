using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Tests.Intake.Summaries;

internal sealed class When_two_parts_of_a_document_name_their_patient
{
    private static readonly PersonIdentifier TheNumber = new("urn:oid:1.2.3", "E1");

    private static readonly DocumentPatient Named = new() { Family = "Okafor", Given = "Ngozi A", BirthDate = "1963-04-02", Identifiers = [new("urn:oid:9.9", "X")] };

    private static IEnumerable<TestCaseData> Others()
    {
        yield return new TestCaseData(new DocumentPatient { Family = "Other" }).SetName("Another_family_name_without_a_birth_date");
        yield return new TestCaseData(new DocumentPatient { Family = "Okafor", Given = "Chidi" }).SetName("Another_given_name");
        yield return new TestCaseData(new DocumentPatient { BirthDate = "1964" }).SetName("Another_year_of_birth");
        yield return new TestCaseData(new DocumentPatient { Identifiers = [new("urn:oid:9.9", "Y")] }).SetName("Another_number_of_the_same_kind");
    }

    [TestCaseSource(nameof(Others))]
    public void What_contradicts_is_of_two_people(DocumentPatient other)
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(Named.IsSomebodyElseThan(other), Is.True);
        Assert.That(other.IsSomebodyElseThan(Named), Is.True);
    }

    [Test]
    public void A_number_of_both_is_one_person_and_so_is_one_name_with_its_birth_date()
    {
        var renamed = new DocumentPatient { Family = "Eze", Identifiers = [.. Named.Identifiers, TheNumber] };
        var namesake = new DocumentPatient { Family = "OKAFOR", Given = "Ngozi", BirthDate = "1963-04-02", Identifiers = [TheNumber, new("urn:oid:9.9", "Y")] };

        using var scope = Assert.EnterMultipleScope();
        Assert.That(Named.IsSomebodyElseThan(renamed), Is.False);
        Assert.That(Named.With(renamed).Identifiers, Is.EqualTo(new[] { Named.Identifiers[0], TheNumber }));
        Assert.That(Named.IsSomebodyElseThan(namesake), Is.False);
        Assert.That(Named.With(namesake).AlsoSaid, Is.Null);
    }

    [Test]
    public void Numbers_that_nothing_ties_together_are_not_taken_for_one_persons()
    {
        var numbered = new DocumentPatient { Identifiers = [TheNumber] };

        var together = numbered.With(Named);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(together.Identifiers, Is.EqualTo(new[] { TheNumber }));
        Assert.That(together.Family, Is.Null);
        Assert.That(together.AlsoSaid, Is.EqualTo(Named));
    }

    [Test]
    public void A_name_alone_finds_nobody_so_the_other_part_counts()
    {
        var named = new DocumentPatient { Family = "Okafor" };

        var together = named.With(Named);

        Assert.That((together.Identifiers, together.AlsoSaid), Is.EqualTo((Named.Identifiers, named)));
    }
}
