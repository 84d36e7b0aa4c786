using ChwFhir.Intake;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>Suggestions from the words of notes, and what people decided of them.</summary>
internal static class SuggestionRows
{
    public static void Keep(Session session, long number, IReadOnlyList<IncomingSuggestion> suggestions)
    {
        for (var i = 0; i < suggestions.Count; i++)
            Insert(session, number, i + 1, suggestions[i]);
    }

    /// <summary>The same thing keeps its number and what was decided of it; what is new gets the next number.</summary>
    public static void Amend(Session session, long number, IReadOnlyList<IncomingSuggestion> suggestions)
    {
        var known = Of(session, number);
        var next = known.Count == 0 ? 1 : known.Max(row => row.Number) + 1;
        foreach (var suggestion in suggestions)
        {
            if (known.FirstOrDefault(row => row.Key == suggestion.Key) is not { } row)
                Insert(session, number, next++, suggestion);
            else if (row.State is SuggestionState.Proposed or SuggestionState.Gone)
                session.Do("UPDATE suggestion SET body = $3, state = 'proposed' WHERE number = $1 AND n = $2", number, row.Number, Secret.Suggestion.Of(suggestion.Body, RowName.Suggestion(number, row.Number)));
        }

        foreach (var row in known)
            if (row.State is SuggestionState.Proposed && !suggestions.Any(suggestion => suggestion.Key == row.Key))
                session.Do("UPDATE suggestion SET state = 'gone' WHERE number = $1 AND n = $2", number, row.Number);
    }

    public static void Decide(Session session, long number, int n, SuggestionState state, string by) =>
        session.Do("UPDATE suggestion SET state = $3, decided_by = $4, decided_at = $5 WHERE number = $1 AND n = $2", number, n, Words.Of(state), Secret.Person.Of(by), session.Now);

    public static bool Rewrite(Session session, long number, IReadOnlyList<SuggestionRow> rows)
    {
        foreach (var row in rows)
            session.Do("UPDATE suggestion SET body = $3 WHERE number = $1 AND n = $2", number, row.Number, Secret.Suggestion.Of(row.Body, RowName.Suggestion(number, row.Number)));
        Progress.Touch(session, number);
        return true;
    }

    /// <summary>Decides what nobody has decided; the note's lane is locked meanwhile. False when somebody had, or the note was taken back.</summary>
    public static bool DecideOnce(Session session, string ehr, string id, int n, SuggestionState state, string by)
    {
        if (Amendments.Locked(session, ehr, id) is not { Retraction: null } note || Of(session, note.Number).FirstOrDefault(row => row.Number == n) is not { State: SuggestionState.Proposed })
            return false;
        Decide(session, note.Number, n, state, by);
        Progress.Touch(session, note.Number);
        return true;
    }

    public static IReadOnlyList<SuggestionRow> Of(Session session, long number) => session.Rows(
        "SELECT n, key, body, state, decided_by, decided_at FROM suggestion WHERE number = $1 ORDER BY n",
        row => new SuggestionRow(
            row.GetInt32(0), row.GetString(1, Secret.SuggestionKey, RowName.Suggestion(number, row.GetInt32(0))), row.GetString(2, Secret.Suggestion, RowName.Suggestion(number, row.GetInt32(0))), State(row.GetString(3)), row.Text(4, Secret.Person), row.TimeOrNull(5)), number);

    /// <summary>The content that was sent last, also one that waits to become the note's.</summary>
    public static byte[]? NewestInput(Session session, long number) =>
        session.Row(
            "SELECT body FROM note_version WHERE number = $1 AND version > (SELECT version FROM note WHERE note.number = $1) ORDER BY version DESC LIMIT 1", row => row.GetBytes(0, Secret.Input, RowName.Note(number)), number)
        ?? session.Row("SELECT body FROM note_input WHERE number = $1", row => row.GetBytes(0, Secret.Input, RowName.Note(number)), number);

    private static void Insert(Session session, long number, int n, IncomingSuggestion suggestion) =>
        session.Do("INSERT INTO suggestion (number, n, key, body, state) VALUES ($1, $2, $3, $4, 'proposed')", number, n, Secret.SuggestionKey.Of(suggestion.Key, RowName.Suggestion(number, n)), Secret.Suggestion.Of(suggestion.Body, RowName.Suggestion(number, n)));

    private static SuggestionState State(string word) =>
        Words.TryParse<SuggestionState>(word, out var state) ? state : throw new InvalidDataException("A suggestion has a state that is none.");
}
