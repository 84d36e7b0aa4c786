namespace ChwFhir.Fhir.Client;

/// <summary>Thrown below a <see cref="FhirClient"/> by who shows the token: there is none to show, so nothing was sent. Becomes <see cref="FhirAnswer.NotSent"/>.</summary>
/// <param name="word">For programs: <c>no-token</c>.</param>
/// <param name="why">For people; no address, no secret.</param>
/// <param name="retryAfter">When it may be worth asking again; null where nobody knows.</param>
public sealed class NoTokenException(string word, string why, TimeSpan? retryAfter) : Exception(why)
{
    public string Word { get; } = word;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
