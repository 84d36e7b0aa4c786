using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChwFhir.Intake;

namespace ChwFhir.Audit;

/// <summary>The canonical form of a record (RFC 8785), over which the hash of its link goes.</summary>
internal static class AuditBody
{
    private const int LongestText = 4000;

    public static byte[] Write(AuditRecord record) => CanonicalJson.Write(JsonSerializer.SerializeToElement(Form.Of(record), Json));

    public static AuditRecord Read(ReadOnlyMemory<byte> body) =>
        (JsonSerializer.Deserialize<Form>(body.Span, Json) ?? throw new InvalidDataException("An audit record has no content.")).ToRecord();

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private sealed record Form(
        string Action, string Subject, string? Name, IReadOnlyList<string> Roles, string? OnBehalfOf, string Kind, string? Id, string? Patient, string Purpose, string? From, string Outcome, string? Why, long At)
    {
        public static Form Of(AuditRecord record) => new(
            Words.Of(record.Action), Text(record.Subject)!, Text(record.Name), [.. record.Roles.Select(role => Text(role)!)], Text(record.OnBehalfOf), Text(record.Kind)!, Text(record.Id), Text(record.Patient),
            Text(record.Purpose)!, Text(record.From), Words.Of(record.Outcome), Text(record.Why), record.When!.Value.ToUnixTimeMilliseconds());

        public AuditRecord ToRecord() => new()
        {
            Action = Words.TryParse<AuditAction>(Action, out var action) ? action : throw new InvalidDataException("An audit record has an action that is none."),
            Outcome = Words.TryParse<AuditOutcome>(Outcome, out var outcome) ? outcome : throw new InvalidDataException("An audit record has an outcome that is none."),
            Subject = Subject,
            Name = Name,
            Roles = Roles,
            OnBehalfOf = OnBehalfOf,
            Kind = Kind,
            Id = Id,
            Patient = Patient,
            Purpose = Purpose,
            From = From,
            Why = Why,
            When = DateTimeOffset.FromUnixTimeMilliseconds(At),
        };
    }

    // Whatever a caller sends as a name or a reason can be recorded: no half characters, no U+0000, no book.
    private static string? Text(string? text)
    {
        if (text is null)
            return null;
        var cut = text.Length <= LongestText ? text : text[..LongestText];
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut)).Replace('\0', '\u2400');
    }
}
