using System.Text;
using ChwFhir.Intake;
using ChwFhir.Intake.Hl7;
using ChwFhir.Intake.Summaries;
using ChwFhir.Testing;

namespace ChwFhir.Tests.Intake.Hl7;

internal sealed class When_a_message_is_answered
{
    [Test]
    public void One_that_is_taken_gets_AA()
    {
        var ack = Messages.Ack(Messages.Read(Messages.Whole), Messages.Whole).Split('\r');

        using var scope = Assert.EnterMultipleScope();
        Assert.That(ack[0], Does.StartWith(@"MSH|^~\&|CHW|HOME|EPIC|GHH^2.16.840.1.113883.19.5^ISO|20261103160000+0000||ACK^T02^ACK|").And.EndsWith("|P|2.5.1"));
        Assert.That(ack[1..], Is.EqualTo(new[] { "MSA|AA|MSG001", "" }));
    }

    [Test]
    public void One_that_says_too_little_gets_AE_with_every_place()
    {
        var segments = Messages.With("TXA", "TXA|1|DS|TX").Select(line => line.StartsWith("PID", StringComparison.Ordinal) ? "PID|1" : line).ToArray();

        var ack = Messages.Ack(Messages.Read(segments), segments).Split('\r');

        using var scope = Assert.EnterMultipleScope();
        Assert.That(ack[1], Does.StartWith("MSA|AE|MSG001|"));
        Assert.That(ack.Where(line => line.StartsWith("ERR", StringComparison.Ordinal)).Select(line => line.Split('|')[2..5]),
            Is.EqualTo(new[] { new[] { "TXA^1^12", "101^Required field missing^HL70357", "E" }, ["PID^1^3", "101^Required field missing^HL70357", "E"] }));
    }

    [TestCase("/patient/identifier", "PID-3")]
    [TestCase("/author/identifier", "TXA-5")]
    [TestCase("/encounter", "PV1-19")]
    [TestCase("/visit/encounter/reference", "PV1-19")]
    public void What_the_EHR_finds_wrong_has_its_place_in_the_message(string pointer, string place)
    {
        var faults = MdmReader.Placed([new NoteFault(pointer, "any", "any")], Encoding.UTF8.GetBytes(string.Join('\r', Messages.Whole)));

        Assert.That(faults.Single().Pointer, Is.EqualTo(place));
    }

    [TestCase("TXA|1|DS|TX|||77^Typist||||||DOC77", "TXA-9")]
    [TestCase("TXA|1|DS|TX||77^Doer|||||||DOC77", "TXA-5")]
    public void The_author_is_where_the_message_has_one(string txa, string place)
    {
        var faults = MdmReader.Placed([new NoteFault("/author/identifier", "author-not-found", "any")], Encoding.UTF8.GetBytes(string.Join('\r', Messages.With("TXA", txa))));

        Assert.That(faults.Single().Pointer, Is.EqualTo(place));
    }

    [TestCase("MDM^T02", "MDM^T01", "201^Unsupported event code^HL70357")]
    [TestCase("MDM^T02", "MDM^T11", "201^Unsupported event code^HL70357")]
    [TestCase("MDM^T02^MDM_T02", "ADT^A01", "200^Unsupported message type^HL70357")]
    [TestCase("|P|2.5.1", "|X|2.5.1", "202^Unsupported processing id^HL70357")]
    [TestCase("|P|2.5.1", "|P|3.0", "203^Unsupported version id^HL70357")]
    public void One_that_is_not_taken_gets_AR_and_why(string what, string instead, string code)
    {
        var segments = Messages.With("MSH", Messages.Header.Replace(what, instead, StringComparison.Ordinal));

        var ack = Messages.Ack(Messages.Read(segments), segments).Split('\r');

        using var scope = Assert.EnterMultipleScope();
        Assert.That(ack[1], Does.StartWith("MSA|AR|MSG001|"));
        Assert.That(ack[2].Split('|')[3], Is.EqualTo(code));
    }

    [Test]
    public void What_is_no_message_gets_an_answer_too()
    {
        var ack = Messages.Ack(Messages.Read("Diet: low salt"u8.ToArray()), "Diet: low salt"u8.ToArray());

        Assert.That(ack, Does.StartWith(@"MSH|^~\&|CHWFHIR|").And.Contain("\rMSA|AR\r").Or.Contain("\rMSA|AR||"));
    }

    [TestCase("|||AL|NE", true, "CA")]
    [TestCase("|||AL|NE", false, "AA")]
    [TestCase("|||AL|AL", true, "AA")]
    [TestCase("|||AL", true, "AA")]
    public void The_enhanced_mode_is_for_who_wants_no_other_answer(string asked, bool enhanced, string word)
    {
        var segments = Messages.With("MSH", Messages.Header + asked);

        Assert.That(Messages.Ack(Messages.Read(segments), segments, enhanced), Does.Contain($"\rMSA|{word}|MSG001\r"));
    }

    /// <summary>Every MDM with content among others' messages is taken, everything else refused.</summary>
    [Test]
    public void Messages_of_others_are_answered_as_the_contract_says()
    {
        var files = Directory.GetFiles(Needs.TestData("hl7v2"), "*.hl7");

        using var scope = Assert.EnterMultipleScope();
        Assert.That(files, Has.Length.GreaterThan(10));
        foreach (var file in files)
        {
            var message = File.ReadAllBytes(file);
            var text = Encoding.UTF8.GetString(message);
            var taken = text.Contains("|MDM^T02", StringComparison.Ordinal) || text.Contains("|MDM^T06", StringComparison.Ordinal) || text.Contains("|MDM^T10", StringComparison.Ordinal);
            var ack = Messages.Ack(Messages.Read(message), message);
            Assert.That(ack, Does.Contain(taken ? "\rMSA|AA|" : "\rMSA|AR|"), Path.GetFileName(file));
            Assert.That(taken || ack.Contains("\rERR|", StringComparison.Ordinal), Is.True, Path.GetFileName(file));
        }
    }
}
