using System.Globalization;
using System.Text;
using System.Text.Json;
using ChwFhir.Intake;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Intake;

internal sealed class When_content_is_compared
{
    [Test]
    public void The_example_of_RFC_8785_section_3_2_2_is_canonical_as_printed_there()
    {
        const string source = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;

        Assert.That(Canonical(source), Is.EqualTo(
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"));
    }

    [Test]
    public void Members_are_sorted_by_UTF_16_as_in_RFC_8785_section_3_2_3()
    {
        const string source = """
            {
              "\u20ac": "Euro Sign",
              "\r": "Carriage Return",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face",
              "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """;

        using var canonical = JsonDocument.Parse(Canonical(source));
        Assert.That(canonical.RootElement.EnumerateObject().Select(member => member.Value.GetString()), Is.EqualTo(new[]
        {
            "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
        }));
    }

    /// <summary>RFC 8785, appendix B.</summary>
    [TestCase(0x0000000000000000UL, "0")]
    [TestCase(0x8000000000000000UL, "0")]
    [TestCase(0x0000000000000001UL, "5e-324")]
    [TestCase(0x8000000000000001UL, "-5e-324")]
    [TestCase(0x7fefffffffffffffUL, "1.7976931348623157e+308")]
    [TestCase(0xffefffffffffffffUL, "-1.7976931348623157e+308")]
    [TestCase(0x4340000000000000UL, "9007199254740992")]
    [TestCase(0xc340000000000000UL, "-9007199254740992")]
    [TestCase(0x4430000000000000UL, "295147905179352830000")]
    [TestCase(0x44b52d02c7e14af5UL, "9.999999999999997e+22")]
    [TestCase(0x44b52d02c7e14af6UL, "1e+23")]
    [TestCase(0x44b52d02c7e14af7UL, "1.0000000000000001e+23")]
    [TestCase(0x444b1ae4d6e2ef4eUL, "999999999999999700000")]
    [TestCase(0x444b1ae4d6e2ef4fUL, "999999999999999900000")]
    [TestCase(0x444b1ae4d6e2ef50UL, "1e+21")]
    [TestCase(0x3eb0c6f7a0b5ed8cUL, "9.999999999999997e-7")]
    [TestCase(0x3eb0c6f7a0b5ed8dUL, "0.000001")]
    [TestCase(0x41b3de4355555553UL, "333333333.3333332")]
    [TestCase(0x41b3de4355555554UL, "333333333.33333325")]
    [TestCase(0x41b3de4355555555UL, "333333333.3333333")]
    [TestCase(0x41b3de4355555556UL, "333333333.3333334")]
    [TestCase(0x41b3de4355555557UL, "333333333.33333343")]
    [TestCase(0xbecbf647612f3696UL, "-0.0000033333333333333333")]
    [TestCase(0x43143ff3c1cb0959UL, "1424953923781206.2")]
    public void Numbers_are_written_as_ECMAScript_writes_them(ulong bits, string expected)
    {
        var number = BitConverter.UInt64BitsToDouble(bits).ToString("E17", CultureInfo.InvariantCulture);

        Assert.That(Canonical(number), Is.EqualTo(expected));
    }

    [Test]
    public void A_number_that_no_double_can_hold_is_refused() => Assert.That(() => Canonical("1e400"), Throws.InstanceOf<FormatException>());

    [Test]
    public void The_hash_is_SHA_256() =>
        Assert.That(CanonicalJson.Hash("abc"u8), Is.EqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));

    [Test]
    public void Order_spacing_and_escapes_make_no_other_content()
    {
        var one = Read("""{"id":"a","narrative":"é/1","patient":{"reference":"Patient/1"},"author":{"reference":"Practitioner/1"},"visit":{"start":"2026-11-03T14:05:00-05:00","travel":{"miles":12.50}}}""");
        var other = Read("""
            { "visit": { "travel": { "miles": 125e-1 }, "start": "2026-11-03T14:05:00-05:00" }, "author": { "reference": "Practitioner\/1" },
              "patient": { "reference": "Patient/1" }, "narrative": "\u00e9\/1", "id": "a" }
            """);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(other.ContentHash, Is.EqualTo(one.ContentHash));
        Assert.That(one.ContentHash, Does.Match("^[0-9a-f]{64}$"));
    }

    [Test]
    public void One_other_letter_is_other_content() =>
        Assert.That(Read(SomeNote.Swap("kitchen drawer", "kitchen Drawer")).ContentHash, Is.Not.EqualTo(Read(SomeNote.Whole).ContentHash));

    [Test]
    public void Canonical_JSON_reads_as_the_same_note()
    {
        var first = Read(SomeNote.Whole);
        var again = Read(Canonical(Encoding.UTF8.GetString(SomeNote.Whole)));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(again.ContentHash, Is.EqualTo(first.ContentHash));
        Assert.That(again.Note.Narrative, Is.EqualTo(first.Note.Narrative));
    }

    private static VisitNoteReading.Read Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    private static VisitNoteReading.Read Read(byte[] json) => (VisitNoteReading.Read)VisitNoteReader.Read(json, new IntakeOptions());

    private static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(CanonicalJson.Write(document.RootElement));
    }
}
