namespace ChwFhir.Queue;

/// <summary>What somebody did with a message, decided under its lock.</summary>
/// <param name="What"><c>opened</c>, <c>acknowledged</c>, <c>taken</c>, <c>replied</c>, <c>filed</c>, <c>handed</c>, <c>closed</c>: for its history.</param>
/// <param name="By">Reference of who did it.</param>
/// <param name="Reach">How far the message is with it; less than it was changes nothing of the reach.</param>
/// <param name="StopsTheClock">Somebody for whom it is has seen it: it climbs no further.</param>
public sealed record MessageChange(string What, string By, string Role, MessageReach Reach, bool StopsTheClock)
{
    public string? TakenBy { get; init; }

    public string? Outcome { get; init; }

    public string? Detail { get; init; }

    public IReadOnlyList<(string Symptom, string Until)> Known { get; init; } = [];

    public IncomingReply? Reply { get; init; }

    /// <summary>To somebody else from now on.</summary>
    public HandedOn? HandedOn { get; init; }

    /// <summary>Id of the note by which it goes to the chart, and the reply that this is of; null where it is of the message.</summary>
    public (string Note, long? Reply)? Filed { get; init; }
}
