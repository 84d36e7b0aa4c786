namespace ChwFhir.Queue;

public sealed partial class NoteStore
{
    /// <summary>Keeps a person's decision and puts the note back into its lane.</summary>
    /// <param name="revision">Of the note as it was when the decision was found to fit.</param>
    public async Task<Decided> DecideAsync(long number, long revision, Decision decision, CancellationToken cancellationToken)
    {
        var decided = await _writer.RunAsync(session => Decisions.Keep(session, number, revision, decision), cancellationToken).ConfigureAwait(false);
        if (decided is Decided.Kept) StoreTelemetry.Decided(decision.Word);
        return decided;
    }

    /// <summary>All decisions about a note, oldest first.</summary>
    public Task<IReadOnlyList<Decision>> DecisionsAsync(long number, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Decisions.Of(session, number), cancellationToken);

    /// <summary>The EHR has shown that a decision cannot be carried out.</summary>
    public Task VoidDecisionAsync(Claim claim, long number, long decision, CancellationToken cancellationToken) =>
        StepAsync(claim, session => Decisions.Void(session, claim, number, decision), cancellationToken);

    public Task SettleAsync(Claim claim, long number, ResourceRow row, CancellationToken cancellationToken) =>
        StepAsync(claim, session => Decisions.Settle(session, claim, number, row), cancellationToken);

    /// <summary>Remembers that the EHR refused a resource of this note (<see cref="Decisions.AsOne"/>: the note as one transaction), until a person says to try again.</summary>
    public Task RefuseAsync(Claim claim, long number, string key, string reason, CancellationToken cancellationToken) =>
        StepAsync(claim, session => Decisions.Refuse(session, claim, number, key, reason), cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> RefusalsAsync(long number, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Decisions.Refusals(session, number), cancellationToken);
}
