using ChwFhir.Ehr;

namespace ChwFhir.Delivery;

/// <summary>Reads, or writes, of one EHR.</summary>
/// <param name="Circuit"><c>closed</c> (requests go out), <c>open</c> (none does until a time) or <c>half-open</c> (that time is over; the next answer decides).</param>
/// <param name="Since">When the trouble began; null while closed.</param>
/// <param name="Until">When it is tried again; null while closed.</param>
/// <param name="Reason">A word for programs; null while closed.</param>
/// <param name="Why">A sentence for people.</param>
/// <param name="Pauses">Pauses in a row: each is longer than the one before, up to <c>Ehr__LongestPause</c>.</param>
public sealed record CircuitReport(string Circuit, DateTimeOffset? Since, DateTimeOffset? Until, string? Reason, string? Why, int Pauses)
{
    public const string Closed = "closed", Open = "open", HalfOpen = "half-open";

    internal static CircuitReport Of(EndpointRest rest, DateTimeOffset now) =>
        new(rest.Until is null ? Closed : rest.Until > now ? Open : HalfOpen, rest.Since, rest.Until, rest.Trouble?.Word, rest.Trouble?.Why, rest.Pauses);
}
