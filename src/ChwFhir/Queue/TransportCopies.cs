namespace ChwFhir.Queue;

/// <summary>
/// What was only made to be sent: the mapped Bundle and the document of a note that is wholly written, each part of it as itself. The EHR has all of it,
/// and the input, which stays, gives the same again. Nothing else is ever taken away: not the input, not the ledger, not the rows that say what became
/// of each part, and of a note with any part folded, kept, held, refused or unknown nothing at all.
/// </summary>
internal static class TransportCopies
{
    private const string WhollyWritten = """
        note.state = 'written' AND note.updated_at < $2
            AND EXISTS (SELECT 1 FROM resource WHERE resource.number = note_mapped.number)
            AND NOT EXISTS (SELECT 1 FROM resource WHERE resource.number = note_mapped.number AND resource.state NOT IN ('written', 'existing'))
        """;

    /// <summary>Looks at the next so many copies, in order of receipt.</summary>
    /// <param name="after">Number of the note looked at last.</param>
    /// <returns>Those that may go, and where to go on; null after the last.</returns>
    public static (IReadOnlyList<long> Numbers, long? Next) Find(Session session, long after, DateTimeOffset before, int bite)
    {
        var last = session.Row($"SELECT MAX(number) FROM (SELECT number FROM note_mapped WHERE number > $1 ORDER BY number LIMIT {bite}) AS bite", row => row.IsDBNull(0) ? null : (long?)row.GetInt64(0), after);
        if (last is null) return ([], null);
        var numbers = session.Rows(
            $"SELECT note_mapped.number FROM note_mapped JOIN note ON note.number = note_mapped.number WHERE note_mapped.number > $1 AND note_mapped.number <= $3 AND {WhollyWritten} ORDER BY note_mapped.number",
            row => row.GetInt64(0), after, before.Milliseconds(), last);
        return (numbers, last);
    }

    /// <summary>Each is looked at once more: it may have been amended since.</summary>
    public static int Prune(Session session, IReadOnlyList<long> numbers, DateTimeOffset before) => numbers.Sum(number => session.Execute(
        $"DELETE FROM note_mapped WHERE number = $1 AND held IS NULL AND EXISTS (SELECT 1 FROM note WHERE note.number = $1 AND {WhollyWritten})", number, before.Milliseconds()));
}
