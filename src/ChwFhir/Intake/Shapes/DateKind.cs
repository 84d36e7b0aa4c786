using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>FHIR date, or date and time: <c>2026</c>, <c>2026-11</c>, <c>2026-11-03</c>, and with a time always seconds and an offset. Kept as written.</summary>
internal sealed class DateKind(bool withTime) : Kind<string>
{
    private const string Day = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?";

    public override string? Read(JsonElement value, Trail trail)
    {
        if (TextKind.Plain(value, trail) is not { } text)
            return null;
        if (!text.Contains('T', StringComparison.Ordinal))
            return CalendarText.IsPartialDate(text) ? text : Bad("bad-date", "must be a date of the calendar: 2026-11-03, 2026-11 or 2026", trail);
        if (!withTime)
            return Bad("bad-date", "must be a date without a time: 2026-11-03, 2026-11 or 2026", trail);
        return CalendarText.TryTime(text, out _) ? text : Bad("bad-time", TimeKind.Words, trail);
    }

    public override JsonObject Schema() => new()
    {
        ["type"] = "string",
        ["pattern"] = withTime ? $"^({Day}|{TimeKind.Pattern})$" : $"^{Day}$",
    };

    private static string? Bad(string code, string detail, Trail trail)
    {
        trail.Fault(code, detail);
        return null;
    }
}
