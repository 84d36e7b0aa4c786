using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>A moment: FHIR dateTime with seconds and offset.</summary>
internal sealed class TimeKind : Kind<DateTimeOffset?>
{
    public const string Words = "must be a date and time of the calendar with seconds and offset: 2026-11-03T14:05:00-05:00";
    public const string Pattern =
        @"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)";

    public override DateTimeOffset? Read(JsonElement value, Trail trail)
    {
        if (TextKind.Plain(value, trail) is not { } text)
            return null;
        if (CalendarText.TryTime(text, out var time))
            return time;

        trail.Fault("bad-time", Words);
        return null;
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["format"] = "date-time", ["pattern"] = $"^{Pattern}$" };
}
