using ChwFhir.Intake;

namespace ChwFhir.WriteBack;

/// <summary>How a request that writes ended, as the way of the note sees it.</summary>
internal abstract record Sent
{
    private Sent() { }

    /// <summary>Something is settled: plan the rest anew.</summary>
    public sealed record Progress : Sent;

    /// <summary>Somebody wrote in between: read what is known again, then plan.</summary>
    public sealed record ReadAgain : Sent;

    /// <summary>May have been done: look for it.</summary>
    public sealed record Open : Sent;

    /// <summary>Surely not done, and not for the note's sake.</summary>
    public sealed record EndpointDown : Sent;

    public sealed record NeedsPerson(NoteIssue Issue) : Sent;
}
