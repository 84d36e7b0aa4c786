using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Client;

/// <summary>The answer to a transaction, entry by entry in the order sent. The outer 200 says nothing: some servers run a transaction as a batch.</summary>
/// <param name="Whole">The server answered each entry. Otherwise none can be told from another and all are untold.</param>
public sealed record TransactionAnswer(bool Whole, IReadOnlyList<EntryAnswer> Entries)
{
    public bool AllDone => Whole && Entries.All(entry => entry.Done);

    public static TransactionAnswer Read(Bundle sent, Bundle told)
    {
        if (told.Entry.Count != sent.Entry.Count)
        {
            return new TransactionAnswer(false, [.. sent.Entry.Select(_ => EntryAnswer.Untold)]);
        }

        return new TransactionAnswer(true, [.. sent.Entry.Zip(told.Entry, EntryAnswer.Of)]);
    }
}
