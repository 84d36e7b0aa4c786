namespace ChwFhir.Ehr;

/// <summary>Reads or writes of one endpoint: rests in a row. Not safe for several callers at once: <see cref="EhrEndpoint"/> guards it.</summary>
internal sealed class EndpointSide(EndpointPauses pauses)
{
    public EndpointRest Rest { get; private set; } = EndpointRest.None;

    public void Pause(TimeSpan? told, EndpointTrouble trouble, DateTimeOffset now)
    {
        // Requests that were under way when the first one failed tell nothing new: a pause grows only after somebody has tried again.
        var count = Rest.Until > now ? Rest.Pauses : Rest.Pauses + 1;
        var until = now + pauses.Length(count, told);
        Rest = new EndpointRest(Rest.Until > until ? Rest.Until : until, trouble, count, Rest.Since ?? now);
    }

    public void Clear() => Rest = EndpointRest.None;
}
