using System.Text.RegularExpressions;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.Journeys.SmartApp;

internal sealed class When_a_page_speaks_another_language
{
    [Test]
    public void It_has_every_word_and_every_place_for_a_value()
    {
        var english = Wording.In("en");
        using (Assert.EnterMultipleScope())
        {
            foreach (var language in Wording.Languages)
            {
                Assert.That(Wording.In(language).Keys, Is.EquivalentTo(english.Keys), language);
                foreach (var key in english.Keys)
                    Assert.That(Places(Wording.In(language)[key]), Is.EquivalentTo(Places(english[key])), $"{language} {key}");
            }
        }
    }

    [TestCase("es-US,en;q=0.5", "es")]
    [TestCase("fr, es;q=0.9", "es")]
    [TestCase("de", "en")]
    [TestCase("", "en")]
    public void It_is_the_first_that_the_browser_asks_for(string asked, string spoken) => Assert.That(Wording.For(asked).Language, Is.EqualTo(spoken));

    [TestCase("2026-11-21T10:00:00Z", "Sat 21 Nov, 1 day ago")]
    [TestCase("2026-11-01T10:00:00Z", "Sun 1 Nov, 3 weeks ago")]
    [TestCase("2025-11-21T10:00:00Z", "Fri 21 Nov 2025, 12 months ago")]
    [TestCase("2026-11-20T15:00:00Z", "Fri 20 Nov, 2 days ago")]
    [TestCase("2026-11-24T14:00:00-05:00", "Tue 24 Nov, in 2 days")]
    [TestCase("2026-11-22T18:00:00Z", "Sun 22 Nov, later today")]
    [TestCase("2026-11-21T23:30:00Z", "Sat 21 Nov, 12 hours ago")]
    public void A_date_is_said_as_people_say_it(string time, string words) =>
        Assert.That(When.Of(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), Wording.English), Is.EqualTo(words));

    private static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{\d\}").Select(place => place.Value);
}
