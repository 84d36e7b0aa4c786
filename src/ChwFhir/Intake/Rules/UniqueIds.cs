using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Rules;

/// <summary>Two entries of one list with one explicit id would become one resource; the second would overwrite the first.</summary>
internal static class UniqueIds
{
    public static void Check(VisitNote note, Trail trail)
    {
        In("/visit/participants", note.Visit?.Participants ?? [], participant => participant.Id, trail);
        In("/concerns", note.Concerns, concern => concern.Id, trail);
        In("/goals", note.Goals, goal => goal.Id, trail);
        In("/referrals", note.Referrals, referral => referral.Id, trail);
        In("/messages", note.Messages, message => message.Id, trail);
        In("/attachments", note.Attachments, attachment => attachment.Id, trail);
        foreach (var (pointer, goal) in NoteRules.Each("/goals", note.Goals).Where(goal => goal.Entry.Steps.Count > 1))
            In($"{pointer}/steps", goal.Steps, step => step.Id, trail);
    }

    private static void In<T>(string list, IReadOnlyList<T> entries, Func<T, string?> idOf, Trail trail)
    {
        if (entries.Count < 2)
            return;

        var first = new Dictionary<string, NoteRules.Place>(StringComparer.Ordinal);
        foreach (var (pointer, entry) in NoteRules.Each(list, entries))
        {
            if (idOf(entry) is { Length: > 0 } id && !first.TryAdd(id, pointer))
                trail.FaultAt($"{pointer}/id", "duplicate-key", $"is the same id as {first[id]}/id");
        }
    }
}
