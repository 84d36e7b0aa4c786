namespace ChwFhir.CareTeam;

/// <summary>By when a message of each urgency should be opened; <c>asap</c> has no time of its own and waits no longer than <c>urgent</c>.</summary>
public sealed class DueOptions
{
    public DurationSetting Stat { get; set; } = TimeSpan.FromMinutes(15);

    public DurationSetting Urgent { get; set; } = TimeSpan.FromHours(4);

    /// <summary>Whole days count working days.</summary>
    public DurationSetting Routine { get; set; } = TimeSpan.FromDays(2);
}
