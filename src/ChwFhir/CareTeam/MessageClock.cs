using ChwFhir.Intake;
using Microsoft.Extensions.Options;

namespace ChwFhir.CareTeam;

/// <summary>By when a message is to be opened, and whether it climbs if it is not.</summary>
internal sealed class MessageClock(IOptions<CareTeamOptions> options)
{
    private readonly WorkingHours? _hours = options.Value.Hours is { Length: > 0 } hours ? WorkingHours.Read(hours) : null;

    /// <summary>Stat runs day and night, everything else in working hours.</summary>
    public DateTimeOffset Due(Urgency urgency, DateTimeOffset from)
    {
        var length = urgency switch
        {
            Urgency.Stat => options.Value.Due.Stat.Value,
            Urgency.Routine => options.Value.Due.Routine.Value,
            _ => options.Value.Due.Urgent.Value,
        };
        return urgency == Urgency.Stat || _hours is null ? from + length : _hours.After(from, length);
    }

    public bool IsOpen(DateTimeOffset time) => _hours?.IsOpen(time) ?? true;

    /// <summary>A routine message that nobody opens is late; it wakes nobody.</summary>
    public static bool Climbs(Urgency urgency) => urgency != Urgency.Routine;
}
