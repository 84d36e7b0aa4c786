using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChwFhir.Intake.Printed;

/// <summary>A document of another form that is sent as a printed page. As prose its data would be lost without a word, so its sender is told how to send it.</summary>
internal static partial class OtherForm
{
    private const int Looked = 65_536;

    /// <summary>What the text is, and how that is sent; null for a page.</summary>
    public static (string Name, string SendAs)? In(string text)
    {
        var start = text.AsSpan().TrimStart(" \t\r\n\v\uFEFF");
        if (Message().IsMatch(start))
            return ("HL7 v2", "as x-application/hl7-v2+er7");
        if (start.StartsWith("{") && FirstMember(start) is { } member)
            return member == "resourceType" || text.AsSpan(0, Math.Min(text.Length, Looked)).Contains("\"resourceType\"", StringComparison.Ordinal) ? ("FHIR", "as application/fhir+json") : ("JSON", "as application/json");
        if (start.StartsWith(@"{\rtf"))
            return ("RTF", "its words as text/plain, or the file inside of a DocumentReference");
        if (start.StartsWith("%PDF-"))
            return ("a PDF", "the file inside of a DocumentReference");
        var head = text.AsSpan(0, Math.Min(text.Length, Looked));
        return (head.Contains("urn:hl7-org:v3", StringComparison.Ordinal) && ClinicalDocument().IsMatch(head)) || BareDocument().IsMatch(start) ? ("C-CDA", "as application/cda+xml") : null;
    }

    public static NoteFault Fault((string Name, string SendAs) other) => new("Content-Type", "other-form", $"This looks like {other.Name} and not like a page: send {other.SendAs}. Nothing was kept.");

    private static string? FirstMember(ReadOnlySpan<char> text)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(text[..Math.Min(text.Length, 400)].ToArray()), isFinalBlock: false, default);
        try
        {
            return json.Read() && json.Read() && json.TokenType == JsonTokenType.PropertyName ? json.GetString() : null;
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // MSH, and the separators that it declares.
    [GeneratedRegex(@"\A(?:MSH|FHS|BHS)([^\w\s])[^\w\s]{3,5}\1", RegexOptions.CultureInvariant)]
    private static partial Regex Message();

    // The same whose export has lost the namespace: nothing stands before its root.
    [GeneratedRegex(@"\A(?:<\?xml[^>]{0,300}>)?\s*<ClinicalDocument[\s>]", RegexOptions.CultureInvariant)]
    private static partial Regex BareDocument();

    [GeneratedRegex(@"<(?:[A-Za-z_][\w.-]{0,40}:)?ClinicalDocument[\s>]", RegexOptions.CultureInvariant)]
    private static partial Regex ClinicalDocument();
}
