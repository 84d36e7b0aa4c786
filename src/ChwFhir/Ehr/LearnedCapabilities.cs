namespace ChwFhir.Ehr;

/// <summary>What an EHR was seen not to take, whatever it declares.</summary>
public sealed record LearnedCapabilities(IReadOnlyList<NotTaken> NotTaken)
{
    public static LearnedCapabilities None { get; } = new([]);

    /// <summary>Without what has run out: servers are configured, and then it is worth trying again.</summary>
    public LearnedCapabilities At(DateTimeOffset now) => new([.. NotTaken.Where(entry => entry.Until > now)]);

    public bool Refuses(string type, string interaction) => NotTaken.Any(entry => entry.Type == type && entry.Interaction == interaction);
}
