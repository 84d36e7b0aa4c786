using ChwFhir.Fhir.Model;
using ChwFhir.WriteBack;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_held_words_are_looked_for
{
    [TestCase("Call the shelter", "Call the shelter", true)]
    [TestCase("Call the shelter", "She will call the shelter, with her sister.", true)]
    [TestCase("Call the shelter.", "call the  SHELTER on Friday", true)]
    [TestCase("Ira", "Ira is angry", true)]
    [TestCase("Ira", "Iraqi bread", false)]
    [TestCase("Ira", "Moira visits", false)]
    [TestCase("他打她", "昨天他打她了", true)]
    [TestCase("Call the shelter", "Call the plumber", false)]
    public void They_are_found_among_other_words_and_not_inside_of_one(string held, string there, bool isFound)
    {
        var words = HeldWords.Words(new Goal { Description = new CodeableConcept { Text = held } }).ToHashSet();

        using var together = Assert.EnterMultipleScope();
        Assert.That(HeldWords.Says(new Goal { Description = new CodeableConcept { Text = there } }, words), Is.EqualTo(isFound));
        Assert.That(HeldWords.Says(new Goal { Text = new Narrative { Div = $"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>{there}</p></div>" } }, words), Is.EqualTo(isFound));
    }
}
