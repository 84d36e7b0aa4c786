using System.Globalization;
using System.Text.Json;
using ChwFhir.Audit;
using ChwFhir.Intake;

namespace ChwFhir.Api.Audit;

/// <summary>Which records are asked for, from an address or a body; read strictly. A patient is asked for in a body only.</summary>
internal sealed record AuditQuestion(string? Patient, string? Subject, string? Action, string? Outcome, string? Since, string? Until, int? Limit, string? Cursor)
{
    private const int Most = 200;
    private static readonly string[] OfAddress = ["subject", "action", "outcome", "since", "until", "limit", "cursor"];

    /// <returns>Null with a sentence that says what is wrong.</returns>
    public static AuditFilter? Read(IQueryCollection parameters, out string fault)
    {
        fault = "";
        var filter = new AuditFilter();
        foreach (var (name, values) in parameters)
        {
            fault = values.Count > 1 ? "A parameter stands more than once." : !OfAddress.Contains(name) ? $"The filters are {string.Join(", ", OfAddress)}; a patient is asked for with POST /api/v1/audit/search." : "";
            if (fault.Length > 0 || With(filter, name, values.ToString(), out fault) is not { } narrower)
                return null;
            filter = narrower;
        }
        return filter;
    }

    /// <summary>The same of a body, in which also the patient may stand.</summary>
    public static AuditFilter? Read(JsonElement body, ICollection<NoteFault> faults)
    {
        var filter = new AuditFilter();
        if (body.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new NoteFault("", "object-expected", "must be a JSON object"));
            return null;
        }
        foreach (var member in body.EnumerateObject())
        {
            var value = member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString()!,
                JsonValueKind.Number => member.Value.GetRawText(),
                _ => "",
            };
            if (member.Name != "patient" && !OfAddress.Contains(member.Name))
                faults.Add(new NoteFault("", "unknown-member", $"The members are patient, {string.Join(", ", OfAddress)}."));
            else if (With(filter, member.Name, value, out var fault) is { } narrower)
                filter = narrower;
            else
                faults.Add(new NoteFault($"/{member.Name}", "not-allowed", fault));
        }
        return faults.Count == 0 ? filter : null;
    }

    private static AuditFilter? With(AuditFilter filter, string name, string value, out string fault)
    {
        fault = "";
        switch (name)
        {
            case "patient" when value.StartsWith("Patient/", StringComparison.Ordinal) && value.Length <= 200:
                return filter with { Patient = value };
            case "subject" when value.Length is > 0 and <= 400:
                return filter with { Subject = value };
            case "action" when Words.TryParse<AuditAction>(value, out var action):
                return filter with { Action = action };
            case "outcome" when Words.TryParse<AuditOutcome>(value, out var outcome):
                return filter with { Outcome = outcome };
            case "since" when Time(value) is { } since:
                return filter with { Since = since };
            case "until" when Time(value) is { } until:
                return filter with { Until = until };
            case "limit" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Most:
                return filter with { Limit = limit };
            case "cursor" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var after):
                return filter with { After = after };
        }
        fault = name switch
        {
            "patient" => "patient: a reference, as Patient/….",
            "action" => $"action: one of {string.Join(", ", Words.All<AuditAction>())}.",
            "outcome" => $"outcome: one of {string.Join(", ", Words.All<AuditOutcome>())}.",
            "since" or "until" => $"{name}: a time with its offset, as 2026-11-03T14:05:00Z.",
            "limit" => $"limit: a whole number from 1 to {Most}.",
            "cursor" => "cursor: the next of the page before.",
            _ => $"{name}: a word of at most 400 characters.",
        };
        return null;
    }

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
