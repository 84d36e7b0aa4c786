using System.Globalization;

namespace ChwFhir.Queue.Sealing;

/// <summary>The row that a sealed value belongs to, by what never changes of it. A note's own tables are one row: its contents move between them when it is amended.</summary>
internal readonly record struct RowName(string Table, long Number, string? Key = null)
{
    public static RowName Note(long number) => new("note", number);

    public static RowName Resource(long number, string key) => new("resource", number, key);

    public static RowName Outcome(long intent) => new("outcome", intent);

    public static RowName LongLived(long ehr, string patient, string key) => new("long_lived", ehr, Parts(patient, key));

    public static RowName Decision(long number, string key, long at) => new("decision", number, Parts(Text(at), key));

    public static RowName HeldDecision(long number, string key, long at) => new("held_decision", number, Parts(Text(at), key));

    public static RowName Refusal(long number, string key) => new("refusal", number, key);

    public static RowName Retraction(long number) => new("retraction", number);

    public static RowName Removal(long number, string key) => new("removal", number, key);

    public static RowName Message(long number) => new("message", number);

    public static RowName Event(long message, long at, string what) => new("message_event", message, Parts(Text(at), what));

    public static RowName Reply(long id) => new("message_reply", id);

    public static RowName Notification(long message, long rung, string channel) => new("notification", message, Parts(Text(rung), channel));

    public static RowName Symptom(long message, string until) => new("known_symptom", message, until);

    public static RowName ConcernWord(long ehr, string patient, string concern, long at) => new("concern_word", ehr, Parts(patient, concern, Text(at)));

    public static RowName Switch(long ehr) => new("endpoint_switch", ehr);

    public static RowName Staff(long ehr, string self) => new("staff", ehr, self);

    public static RowName Suggestion(long number, long n) => new("suggestion", number, Text(n));

    /// <summary>A record of the audit belongs to its chain, which says so itself.</summary>
    public static readonly RowName Audit = new("audit_record", 0);

    public static RowName AuditChain(string chain) => new("audit_chain", 0, chain);

    public static RowName AuditCut(string chain) => new("audit_cut", 0, chain);

    public static readonly RowName KeyRing = new("key-ring", 0);

    /// <summary>Texts behind each other, so that no two lists of them are the same text.</summary>
    public static string Parts(params ReadOnlySpan<string?> texts)
    {
        var all = new System.Text.StringBuilder();
        foreach (var text in texts)
            all.Append(text is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}"));
        return all.ToString();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
