namespace ChwFhir.Queue.Sealing;

/// <summary>All that is sealed. A test holds it against the columns that there are: each text and all bytes stand here, or among those that are said to be clear.</summary>
internal static class SealedTables
{
    public static readonly IReadOnlyList<SealedTable> All =
    [
        Of("lane", ["id"], [], _ => default, ("patient", Secret.Patient)),
        Of("note", ["number"], ["number"], row => RowName.Note(Number(row[0])),
            ("id", Secret.CallersId), ("patient", Secret.Patient), ("author", Secret.Person), ("hash", Secret.Hash), ("issues", Secret.Issues), ("sent_by", Secret.Person), ("sender", Secret.Person),
            ("panel_by", Secret.Person), ("panel_reason", Secret.Reason)),
        Of("note_input", ["number"], ["number"], row => RowName.Note(Number(row[0])), ("body", Secret.Input), ("headers", Secret.Headers)),
        Of("note_resolved", ["number"], ["number"], row => RowName.Note(Number(row[0])), ("body", Secret.Resolved)),
        Of("note_mapped", ["number"], ["number"], row => RowName.Note(Number(row[0])), ("bundle", Secret.Mapped), ("held", Secret.Held), ("document", Secret.Document)),
        Of("note_plan", ["number"], ["number"], row => RowName.Note(Number(row[0])), ("body", Secret.Plan)),
        Of("note_version", ["number", "version"], ["number"], row => RowName.Note(Number(row[0])),
            ("hash", Secret.Hash), ("author", Secret.Person), ("issues", Secret.Issues), ("body", Secret.Input), ("headers", Secret.Headers), ("resolved", Secret.Resolved), ("bundle", Secret.Mapped),
            ("held", Secret.Held), ("document", Secret.Document), ("plan", Secret.Plan), ("resources", Secret.Rows)),
        Of("resource", ["number", "key"], ["number", "key"], row => RowName.Resource(Number(row[0]), (string)row[1]), (OfNote + "key", Secret.Key), ("reference", Secret.Reference), ("how", Secret.How), ("identity", Secret.Identity)),
        Of("intent", ["id"], ["number"], row => new RowName("intent", Number(row[0])), (OfNote + Listed + "keys", Secret.Key)),
        Of("outcome", ["id"], ["intent_id"], row => RowName.Outcome(Number(row[0])), ("detail", Secret.Detail)),
        Of("long_lived", ["ehr_id", "patient", "key"], ["ehr_id", "patient", "key"], row => RowName.LongLived(Number(row[0]), (string)row[1], (string)row[2]),
            ("patient", Secret.Patient), ("key", Secret.Identity), ("reference", Secret.Reference), ("body", Secret.LongLived), ("folded_text", Secret.FoldedText), ("seen", Secret.Seen), ("applied", Secret.Applied)),
        Of("decision", ["id"], ["number", "key", "decided_at"], row => RowName.Decision(Number(row[0]), (string)row[1], Number(row[2])), (OfNote + "key", Secret.Key), ("reference", Secret.Reference), ("reason", Secret.Reason), ("decided_by", Secret.Person)),
        Of("held_decision", ["id"], ["number", "key", "decided_at"], row => RowName.HeldDecision(Number(row[0]), (string)row[1], Number(row[2])),
            (OfNote + "key", Secret.Key), ("mark", Secret.Mark), ("reason", Secret.Reason), ("decided_by", Secret.Person)),
        Of("refusal", ["number", "key"], ["number", "key"], row => RowName.Refusal(Number(row[0]), (string)row[1]), (OfNote + "key", Secret.Key), ("reason", Secret.Reason)),
        Of("retraction", ["number"], ["number"], row => RowName.Retraction(Number(row[0])), ("reason", Secret.Reason), ("moved_to", Secret.CallersId)),
        Of("removal", ["number", "key"], ["number", "key"], row => RowName.Removal(Number(row[0]), (string)row[1]), (OfNote + "key", Secret.Key), ("reference", Secret.Reference), ("why", Secret.Reason), ("done_by", Secret.Person)),
        Of("message", ["number"], ["number"], row => RowName.Message(Number(row[0])),
            ("key", Secret.Key), ("client_id", Secret.CallersId), ("hash", Secret.Hash), ("patient", Secret.Patient), ("sender", Secret.Person), ("reach_by", Secret.Person), ("taken_by", Secret.Person), ("outcome", Secret.Words),
            ("body", Secret.Message)),
        Of("message_recipient", ["number", "recipient"], [], _ => default, ("recipient", Secret.Person)),
        Of("message_event", ["id"], ["number", "at", "what"], row => RowName.Event(Number(row[0]), Number(row[1]), (string)row[2]), ("by", Secret.Person), ("detail", Secret.Words)),
        Of("message_reply", ["id"], ["id"], row => RowName.Reply(Number(row[0])),
            ("client_id", Secret.CallersId), ("hash", Secret.Hash), ("by", Secret.Person), ("body", Secret.Reply), ("fhir", Secret.ReplyInFhir), ("filed_as", Secret.CallersId)),
        Of("notification", ["id"], ["number", "rung", "channel"], row => RowName.Notification(Number(row[0]), Number(row[1]), (string)row[2]), ("target", Secret.Target), ("addressed", Secret.Addressed)),
        Of("known_symptom", ["id"], ["number", "until"], row => RowName.Symptom(Number(row[0]), (string)row[1]), ("patient", Secret.Patient), ("symptom", Secret.Symptom), ("by", Secret.Person)),
        Of("concern_word", ["id"], ["ehr_id", "patient", "concern", "at"], row => RowName.ConcernWord(Number(row[0]), (string)row[1], (string)row[2], Number(row[3])),
            ("patient", Secret.Patient), ("concern", Secret.Key), ("reason", Secret.Reason), ("by", Secret.Person), ("name", Secret.PersonsName)),
        Of("endpoint_switch", ["ehr_id"], ["ehr_id"], row => RowName.Switch(Number(row[0])), ("said_by", Secret.Person), ("reason", Secret.Reason)),
        Of("staff", ["ehr_id", "self"], ["ehr_id", "self"], row => RowName.Staff(Number(row[0]), (string)row[1]), ("self", Secret.Person), ("name", Secret.PersonsName)),
        Of("away", ["id"], [], _ => default, ("who", Secret.Person), ("cover", Secret.Person)),
        Of("suggestion", ["number", "n"], ["number", "n"], row => RowName.Suggestion(Number(row[0]), Number(row[1])), ("key", Secret.SuggestionKey), ("body", Secret.Suggestion), ("decided_by", Secret.Person)),
    ];

    // Before the name of a column with a JSON array of which each text is sealed by itself.
    private const string Listed = "[]";

    // Before that, or before a name alone: sealed within the note that the row is of.
    private const string OfNote = "@";

    private static SealedTable Of(string name, string[] keys, string[] namedBy, Func<object[], RowName> row, params (string Name, Secret Secret)[] columns) => new(
        name, keys, namedBy, row,
        [.. columns.Select(column => new SealedColumn(
            column.Name.Replace(OfNote, "", StringComparison.Ordinal).Replace(Listed, "", StringComparison.Ordinal), column.Secret, column.Name.Contains(Listed, StringComparison.Ordinal), column.Name.Contains(OfNote, StringComparison.Ordinal)))]);

    private static long Number(object value) => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
}
