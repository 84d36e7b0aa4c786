using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ChwFhir.Intake.Hl7;

/// <summary>
/// Writes the acknowledgement of a message: the application's answer (AA, AE, AR), since a message is answered when it is stored. In enhanced mode a sender that
/// asks for an accept acknowledgement and for no other (MSH-15 given, MSH-16 <c>NE</c>) gets CA, CE, CR.
/// </summary>
public static partial class Hl7Ack
{
    private const string Us = "CHWFHIR";

    /// <param name="message">What is answered, as it came; one that cannot be read gets an answer too.</param>
    /// <param name="problems">Why it is refused: pointers as <c>OBX[2]-5</c>.</param>
    /// <param name="at">Now.</param>
    /// <param name="enhanced">Whether the connection knows the enhanced mode; an answer over HTTP is always the application's.</param>
    public static string Write(ReadOnlyMemory<byte> message, AckCode code, IReadOnlyList<NoteFault> problems, DateTimeOffset at, bool enhanced = false)
    {
        var header = Hl7Parser.Header(message.Span);
        var separators = header?.Separators ?? Hl7Separators.Usual;
        var ack = new StringBuilder();
        WriteHeader(ack, header, separators, message.Span, at);
        Segment(ack, separators, "MSA", Word(enhanced ? header : null, code), header?.Raw(10) ?? "", problems.Count > 0 ? Hl7Escapes.Escaped(Short(problems[0].Detail), separators) : "");
        foreach (var problem in problems)
        {
            var number = Number(problem.Code);
            Segment(ack, separators, "ERR", "", Location(problem.Pointer, separators),
                string.Join(separators.Component, number, Hl7Escapes.Escaped(Meaning(number), separators), "HL70357"),
                "E", string.Join(separators.Component, Hl7Escapes.Escaped(problem.Code, separators), "", "L"), "", "", Hl7Escapes.Escaped(Short(problem.Detail), separators));
        }

        return ack.ToString();
    }

    /// <summary>The head of a batch of answers: FHS and BHS as the batch had them, the sides changed.</summary>
    public static string BatchHeader(ReadOnlyMemory<byte> batch, DateTimeOffset at)
    {
        var text = new StringBuilder();
        foreach (var header in Hl7Parser.BatchHeaders(batch.Span))
            Segment(text, header.Separators, header.Name, header.Separators.Encoding, header.Raw(5) is { Length: > 0 } application ? application : Us, header.Raw(6), header.Raw(3), header.Raw(4), Time(at), "", "", "", "", header.Raw(11));
        return text.ToString();
    }

    /// <summary>The end of a batch of answers.</summary>
    public static string BatchTrailer(ReadOnlyMemory<byte> batch, int answers)
    {
        var text = new StringBuilder();
        foreach (var header in Hl7Parser.BatchHeaders(batch.Span).Reverse())
            Segment(text, header.Separators, header.Name == "BHS" ? "BTS" : "FTS", header.Name == "BHS" ? answers.ToString(CultureInfo.InvariantCulture) : "1");
        return text.ToString();
    }

    private static string Time(DateTimeOffset at) =>
        at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + at.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);

    private static void WriteHeader(StringBuilder ack, Hl7Segment? header, Hl7Separators separators, ReadOnlySpan<byte> message, DateTimeOffset at)
    {
        var trigger = header?.Value(9).RawComponent(2) ?? "";
        Segment(ack, separators, "MSH", separators.Encoding,
            header?.Raw(5) is { Length: > 0 } application ? application : Us, header?.Raw(6) ?? "", header?.Raw(3) ?? "", header?.Raw(4) ?? "",
            Time(at), "",
            trigger.Length > 0 ? string.Join(separators.Component, "ACK", trigger, "ACK") : "ACK",
            Convert.ToHexString(SHA256.HashData([.. message, .. BitConverter.GetBytes(at.UtcTicks)]))[..20],
            header?.Raw(11) is { Length: > 0 } processing ? processing : "P",
            header?.Raw(12) is { Length: > 0 } version ? version : "2.5.1");
    }

    private static string Word(Hl7Segment? header, AckCode code)
    {
        var acceptOnly = header?.Text(15) is "AL" or "ER" or "SU" && header.Text(16) == "NE";
        return (acceptOnly ? "C" : "A") + code switch { AckCode.Accept => "A", AckCode.Error => "E", _ => "R" };
    }

    private static void Segment(StringBuilder ack, Hl7Separators separators, string name, params ReadOnlySpan<string> fields)
    {
        ack.Append(name);
        foreach (var field in fields)
            ack.Append(separators.Field).Append(field);
        while (ack[^1] == separators.Field)
            ack.Length--;
        ack.Append('\r');
    }

    /// <summary><c>OBX[2]-5</c> as an error location: segment ^ number ^ field.</summary>
    private static string Location(string pointer, Hl7Separators separators)
    {
        var place = Place().Match(pointer);
        if (!place.Success)
            return "";

        List<string> parts = [place.Groups["segment"].Value, place.Groups["number"] is { Success: true } number ? number.Value : "1"];
        if (place.Groups["field"] is { Success: true } field)
            parts.Add(field.Value);
        if (place.Groups["repetition"] is { Success: true } repetition)
            parts.Add(repetition.Value);
        return string.Join(separators.Component, parts);
    }

    /// <summary>Table 0357.</summary>
    private static string Number(string code) => code switch
    {
        "required" or "patient-missing" => "101",
        "not-hl7" or "broken-frame" or "several-messages" => "100",
        "bad-data" or "not-text" or "unknown-charset" or "bad-reference" or "bad-id" => "102",
        "unsupported-message-type" => "200",
        "unsupported-event" => "201",
        "unsupported-processing-id" => "202",
        "unsupported-version" => "203",
        "unknown-patient" or "patient-unknown" or "patient-not-found" or "patient-mismatch" or "earlier-of-another-patient" => "204",
        "other-content" or "duplicate-key" => "205",
        "too-large" => "104",
        _ => "207",
    };

    private static string Meaning(string number) => number switch
    {
        "100" => "Segment sequence error",
        "101" => "Required field missing",
        "102" => "Data type error",
        "104" => "Value too long",
        "200" => "Unsupported message type",
        "201" => "Unsupported event code",
        "202" => "Unsupported processing id",
        "203" => "Unsupported version id",
        "204" => "Unknown key identifier",
        "205" => "Duplicate key identifier",
        _ => "Application internal error",
    };

    private static string Short(string detail) => detail.Length > 240 ? detail[..240] : detail;

    [GeneratedRegex(@"^(?<segment>[A-Z][A-Z0-9]{2})(?:\[(?<number>\d+)\])?(?:-(?<field>\d+)(?:\[(?<repetition>\d+)\])?)?", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
