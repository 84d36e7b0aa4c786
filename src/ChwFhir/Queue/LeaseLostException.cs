namespace ChwFhir.Queue;

/// <summary>Somebody else has the lane now, or the note has left it. Nothing was written; the holder stops.</summary>
public sealed class LeaseLostException(long lane) : Exception($"The claim on lane {lane} was overtaken.")
{
    public long Lane { get; } = lane;
}
