namespace ChwFhir.DeliveryTrial.Service;

/// <summary>One line of a note's history in the service's ledger: an intent, and one of its outcomes if it has any.</summary>
internal sealed record LedgerEntry(string NoteId, DateTimeOffset IntendedAt, string Method, string Interaction, string Keys, DateTimeOffset? At, string? Word, int? Status)
{
    public override string ToString() => FormattableString.Invariant(
        $"{IntendedAt:HH:mm:ss.fff} {Method} {Interaction} {Keys}: {(At is { } at ? FormattableString.Invariant($"{at:HH:mm:ss.fff} {Word} {Status}") : "no outcome")}");
}
