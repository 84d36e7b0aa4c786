using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>How long the team has for a reply that the CHW asked for (settings <c>CareTeam:Due</c>).</summary>
public sealed record ReplyDue
{
    public TimeSpan Stat { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan Urgent { get; init; } = TimeSpan.FromHours(4);

    public TimeSpan Routine { get; init; } = TimeSpan.FromDays(2);

    /// <summary><c>asap</c> has no time of its own: it waits no longer than <c>urgent</c>.</summary>
    public TimeSpan Of(Urgency urgency) => urgency switch
    {
        Urgency.Stat => Stat,
        Urgency.Routine => Routine,
        _ => Urgent,
    };
}
