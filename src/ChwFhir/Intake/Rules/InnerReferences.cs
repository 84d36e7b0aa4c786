using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Rules;

/// <summary>
/// Parts that point at other parts of the note. Concerns, goals and referrals live across visits, so that one which is not in this note is
/// only worth a word; a participant, an attachment or a symptom that is missing is probably a slip of the pen.
/// </summary>
internal static class InnerReferences
{
    private const string EarlierConcern = "is no concern of this note; it is looked for among the patient's earlier ones";

    public static void Check(VisitNote note, Trail trail)
    {
        var concerns = note.Concerns.Where(concern => concern is not null).SelectMany(concern => new[] { concern.Id, Words.Of(concern.Domain) }).ToHashSet();
        foreach (var (pointer, goal) in NoteRules.Each("/goals", note.Goals).Where(goal => goal.Entry.Addresses.Count > 0))
        {
            foreach (var (at, _) in NoteRules.Each($"{pointer}/addresses", goal.Addresses).Where(address => !concerns.Contains(address.Entry)))
                trail.Inform("not-found-in-note", $"{at}", EarlierConcern);
        }

        foreach (var (pointer, referral) in NoteRules.Each("/referrals", note.Referrals))
        {
            if (referral.Reason is { } reason && !concerns.Contains(reason))
                trail.Inform("not-found-in-note", $"{pointer}/reason", EarlierConcern);
        }

        AdvanceCare(note, trail);
        Messages(note, trail);
        if (note is { NarrativeHold: not null, Narrative: null })
            trail.Warn("nothing-to-hold", "/narrativeHold", "holds a narrative that is not there");
    }

    private static void AdvanceCare(VisitNote note, Trail trail)
    {
        if (note.AdvanceCarePlanning is not { } planning)
            return;

        foreach (var (at, id) in NoteRules.Each("/advanceCarePlanning/present", planning.Present))
        {
            if (id != "patient" && note.Visit?.Participants.Any(participant => participant?.Id == id) != true)
                trail.Warn("not-found-in-note", $"{at}", "is the id of no participant of this visit");
        }

        foreach (var (at, document) in NoteRules.Each("/advanceCarePlanning/documents", planning.Documents))
        {
            if (document.Copy is { } copy && !note.Attachments.Any(attachment => attachment?.Id == copy))
                trail.Warn("not-found-in-note", $"{at}/copy", "is the id of no attachment of this note");
        }
    }

    private static void Messages(VisitNote note, Trail trail)
    {
        if (note.Messages.All(message => message is not { About.Count: > 0 }))
            return;

        var keys = Keys(note).ToHashSet(StringComparer.Ordinal);
        foreach (var (pointer, message) in NoteRules.Each("/messages", note.Messages).Where(message => message.Entry.About.Count > 0))
        {
            foreach (var (at, key) in NoteRules.Each($"{pointer}/about", message.About).Where(about => !keys.Contains(about.Entry)))
            {
                if (key.StartsWith("concern/", StringComparison.Ordinal) || key.StartsWith("goal/", StringComparison.Ordinal) || key.StartsWith("referral/", StringComparison.Ordinal))
                    trail.Inform("not-found-in-note", $"{at}", "is no part of this note; it is looked for among the patient's earlier ones");
                else
                    trail.Warn("not-found-in-note", $"{at}", "is the key of no part of this note, such as symptom/pain or goal/garden");
            }
        }
    }

    private static IEnumerable<string> Keys(VisitNote note) =>
    [
        "encounter", "note", "advance-care-planning", "care-plan",
        .. from symptom in note.Symptoms where symptom is not null select $"symptom/{Words.Of(symptom.Kind)}",
        .. from vital in note.Vitals where vital is not null select $"vital/{Words.Of(vital.Kind)}",
        .. from screening in note.Screenings where screening is not null select $"screening/{Words.Of(screening.Instrument)}",
        .. from concern in note.Concerns where concern is not null from name in new[] { concern.Id, Words.Of(concern.Domain) } where name is not null select $"concern/{name}",
        .. from goal in note.Goals where goal?.Id is not null select $"goal/{goal.Id}",
        .. from referral in note.Referrals where referral?.Id is not null select $"referral/{referral.Id}",
        .. from message in note.Messages where message?.Id is not null select $"message/{message.Id}",
    ];
}
