using System.Text;
using ChwFhir.SmartApp.SignIn;

namespace ChwFhir.Journeys.SmartApp;

internal sealed class When_the_EHR_says_how_it_looks
{
    [Test]
    public void Colours_sizes_and_fonts_are_taken()
    {
        var style = Read("""{"color_background":"#fff","color_text":"#111111","color_highlight":"#0b4a56","dim_border_radius":"8px","dim_font_size":"16px","font_family_body":"Segoe UI, sans-serif"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((style["--paper"], style["--ink"], style["--accent"], style["--accent-ink"]), Is.EqualTo(("#ffffff", "#111111", "#0b4a56", "#ffffff")));
            Assert.That((style["--radius"], style["--size"], style["--font"]), Is.EqualTo(("8px", "16px", "Segoe UI, sans-serif")));
            Assert.That((style["color-scheme"], style["--line"]), Is.EqualTo(("light", "#d5dbe0")), "nothing of the other scheme is left");
        }
    }

    [Test]
    public void A_dark_background_takes_the_dark_set_with_it() =>
        Assert.That(Read("""{"color_background":"#101418","color_text":"#f0f0f0"}"""), Contains.Key("color-scheme").WithValue("dark").And.ContainKey("--accent-ink").WithValue("#000000"));

    [TestCase("""{"color_background":"#fff;}body{display:none","color_text":"#000"}""")]
    [TestCase("""{"color_background":"url(https://evil.example/x)","color_text":"#000"}""")]
    [TestCase("""{"font_family_body":"a;} @import 'https://evil.example/x.css'; b{"}""")]
    [TestCase("""{"font_family_body":"</style><script>alert(1)</script>"}""")]
    [TestCase("""{"dim_border_radius":"calc(1px)"}""")]
    [TestCase("""{"dim_font_size":"2px"}""")]
    [TestCase("""{"color_background":"#777777","color_text":"#888888"}""")]
    [TestCase("""{"unknown":"#fff"}""")]
    [TestCase("""["#fff"]""")]
    [TestCase("not json")]
    public void Nothing_else_is(string json) => Assert.That(Read(json), Is.Empty);

    [Test]
    public void A_colour_that_cannot_be_read_on_the_background_is_left_out() =>
        Assert.That(Read("""{"color_background":"#ffffff","color_text":"#000000","color_highlight":"#ffff00"}"""), Contains.Key("--accent").WithValue("#0b5c63"));

    private static IReadOnlyDictionary<string, string> Read(string json) => Styles.Read(Encoding.UTF8.GetBytes(json));
}
