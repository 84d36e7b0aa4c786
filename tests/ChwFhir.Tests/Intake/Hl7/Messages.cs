using System.Text;
using ChwFhir.Intake;
using ChwFhir.Intake.Hl7;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Tests.Intake.Hl7;

/// <summary>Messages of our own, with segments to be changed.</summary>
internal static class Messages
{
    public const string Header = @"MSH|^~\&|EPIC|GHH^2.16.840.1.113883.19.5^ISO|CHW|HOME|20261103154000-0500||MDM^T02^MDM_T02|MSG001|P|2.5.1";

    public static string[] Whole =>
    [
        Header,
        "EVN|T02|20261103154000-0500",
        "PID|1||E4007^^^GHH&2.16.840.1.113883.19.5.1&ISO^MR~999^^^STATE^SS||Okafor^Ngozi^A||19630402|F",
        "NK1|1|Okafor^Imani|DAU^daughter||215-555-0142",
        "PV1|1|O|ONC^12^^Main Clinic||||||||||||||||V123^^^GHH&2.16.840.1.113883.19.5.2&ISO",
        "TXA|1|DS|TX|20261103|1912301953^Smith^Jane^^^Dr^MD|20261103153000||||||DOC77^EPIC^2.16.840.1.113883.19.5.3^ISO|||||AU|R|AV||||||After visit summary",
        "OBX|1|TX|69730-0^Instructions^LN||Diet: low salt||||||F",
        @"OBX|2|FT|69730-0^Instructions^LN||\H\When to call\N\\.br\Call the clinic at 555-010-2000 if you have:\.br\- Fever \T\ chills\.br\- 2 \S\ 3 \F\ 4||||||F",
    ];

    public static SummaryReading Read(IEnumerable<string> segments, string end = "\r") => Read(Encoding.UTF8.GetBytes(string.Join(end, segments) + end));

    public static SummaryReading Read(byte[] message) => SummaryReader.Read(new SummaryCall(message, MdmReader.MediaType), new IntakeOptions());

    public static AfterVisitSummary Good(IEnumerable<string> segments, string end = "\r") => Read(segments, end) switch
    {
        SummaryReading.Read read => read.Summary,
        SummaryReading.Invalid invalid => throw new AssertionException(string.Join("; ", invalid.Faults)),
        SummaryReading.Unreadable unreadable => throw new AssertionException(unreadable.Fault.ToString()),
        var other => throw new AssertionException(other.GetType().Name),
    };

    /// <summary>The whole message with the first segment of a name in another's place; null takes it out.</summary>
    public static string[] With(string name, string? segment) =>
        [.. Whole.SelectMany(line => line.StartsWith(name, StringComparison.Ordinal) ? segment is null ? Array.Empty<string>() : [segment] : [line])];

    public static string[] WithContent(params string[] observations) => [.. Whole.Where(line => !line.StartsWith("OBX", StringComparison.Ordinal)), .. observations];

    public static string Ack(SummaryReading reading, IEnumerable<string> segments, bool enhanced = false) => Ack(reading, Encoding.UTF8.GetBytes(string.Join('\r', segments)), enhanced);

    public static string Ack(SummaryReading reading, byte[] message, bool enhanced = false)
    {
        var (code, faults) = reading switch
        {
            SummaryReading.Read => (AckCode.Accept, (IReadOnlyList<NoteFault>)[]),
            SummaryReading.Invalid invalid => (AckCode.Error, invalid.Faults),
            SummaryReading.Unreadable unreadable => (AckCode.Reject, [unreadable.Fault]),
            _ => throw new AssertionException(reading.GetType().Name),
        };
        return Hl7Ack.Write(message, code, faults, new DateTimeOffset(2026, 11, 3, 16, 0, 0, TimeSpan.Zero), enhanced);
    }
}
