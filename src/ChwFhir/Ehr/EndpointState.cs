namespace ChwFhir.Ehr;

/// <summary>How it stands with one EHR, as a supervisor sees it.</summary>
/// <param name="Word"><c>up</c>, <c>resting</c> (held back until a time), <c>probing</c> (that time is over, nobody has been answered yet) or <c>stopped</c> (by a person).</param>
/// <param name="Since">When that began; null while up.</param>
/// <param name="Until">The next moment at which something may be written; null while up or stopped.</param>
/// <param name="Trouble">What holds the writes back.</param>
/// <param name="AnsweredAt">When the EHR last answered anybody; null while it never has.</param>
public sealed record EndpointState(string Word, DateTimeOffset? Since, DateTimeOffset? Until, EndpointTrouble? Trouble, DateTimeOffset? AnsweredAt, EndpointRest Reads, EndpointRest Writes, EndpointStop? Stop)
{
    public const string Up = "up", Resting = "resting", Probing = "probing", Stopped = "stopped";
}
