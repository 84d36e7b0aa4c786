namespace ChwFhir.WriteBack;

/// <summary>Whether it is known by now what became of a note's earlier writes.</summary>
internal abstract record Settling
{
    private Settling() { }

    public sealed record Settled : Settling;

    /// <summary>Not before then can more be said.</summary>
    public sealed record NotYet(DateTimeOffset LookAgainAt) : Settling;

    /// <summary>The EHR gives no answer just now.</summary>
    public sealed record NoAnswer : Settling;

    /// <summary>It cannot be found out; a person decides.</summary>
    public sealed record CannotTell(IReadOnlyList<string> Keys) : Settling;
}
