using ChwFhir.Mapping;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.Journeys.SmartApp.Reading;

/// <summary>Every rule there is, in every language of the pages.</summary>
internal sealed class When_a_red_flag_is_said
{
    private static readonly FlagReason[] OfScores = [new("from", 7), new("from-new", 7), new("risen", 4), new("above-tolerable", 5), new("present"), new("needs-clinician")];

    [TestCase("en", "Pain 8 of 10: 7 or more, 7 or more, and was less before, up from 4, above what is tolerable (5), reported, the community health worker asks for a clinician")]
    [TestCase("es", "Dolor 8 de 10: 7 o más, 7 o más, y antes era menos, subió desde 4, más de lo tolerable (5), se comunicó en la visita, la trabajadora comunitaria pide que lo vea personal clínico")]
    public void A_score_says_why(string language, string said) => Assert.That(Say(new FlagFound("symptom", "pain") { Score = 8, Reasons = OfScores }, language), Is.EqualTo(said));

    [TestCase("en", "Blood pressure: systolic 190 mmHg, diastolic 125 mmHg"), TestCase("es", "Presión arterial: sistólica 190 mmHg, diastólica 125 mmHg")]
    public void A_vital_sign_says_what_was_measured(string language, string said) =>
        Assert.That(Say(new FlagFound("vital", "blood-pressure") { Reasons = [new("systolic", 190, "mm[Hg]"), new("diastolic", 125, "mm[Hg]")] }, language), Is.EqualTo(said));

    [TestCase("en", "PHQ-9: “Question” was answered with Yes"), TestCase("es", "PHQ-9: a «Question» se respondió Yes")]
    public void The_words_of_an_instrument_stay_as_they_were_asked(string language, string said) => Assert.That(Say(new FlagFound("answer", "PHQ-9") { Written = "Question", Answer = "Yes" }, language), Is.EqualTo(said));

    [Test]
    public void What_people_wrote_stays_and_what_was_only_coded_is_said()
    {
        Assert.That(Say(new FlagFound("concern", "elder-abuse") { Written = "Her nephew took the card" }, "es", "Her nephew took the card"), Is.EqualTo("Her nephew took the card"));
        Assert.That(Say(new FlagFound("concern", "elder-abuse"), "es", "Elder abuse"), Is.Not.EqualTo("Elder abuse").And.Not.EqualTo("elder-abuse"));
    }

    [TestCase("en", "A message of this visit asks to be read now.", "The text may speak of danger: “bleeding, fell”.", "It stands in a held part and goes only to those who may know.")]
    [TestCase("es", "Un mensaje de esta visita pide que se lea ahora.", "El texto puede hablar de un peligro: «bleeding, fell».", "Está en una parte reservada y llega solo a quienes pueden saberlo.")]
    public void A_message_a_text_and_a_held_part_are_said_too(string language, string message, string text, string held)
    {
        using var together = Assert.EnterMultipleScope();
        Assert.That(Say(new FlagFound("message", "stat"), language), Is.EqualTo(message));
        Assert.That(Say(new FlagFound("text", "") { Written = "bleeding, fell" }, language), Is.EqualTo(text));
        Assert.That(Say(new FlagFound("held", ""), language), Is.EqualTo(held));
    }

    [Test]
    public void What_was_kept_before_is_shown_as_it_was_kept() => Assert.That(Say(null, "es", "Fall: reported"), Is.EqualTo("Fall: reported"));

    private static string Say(FlagFound? found, string language, string text = "") => FlagWords.Of(found, text, Wording.In(language));
}
